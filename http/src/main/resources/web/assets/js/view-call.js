// The page during a meeting: header, stage, panels, bar of buttons.
import { announce, toast } from './announce.js';
import { stayAwake } from './awake.js';
import { cameraState, control, microphoneState } from './control.js';
import { canShare } from './devices.js';
import { settingsDialog, shortcutsDialog } from './dialogs.js';
import { h, icon, say, set } from './dom.js';
import { listen } from './keys.js';
import { mutedHint } from './muted-hint.js';
import { panels } from './panels.js';
import { deviceProblem } from './texts.js';
import { chatPanel } from './view-chat.js';
import { header } from './view-header.js';
import { roster } from './view-roster.js';
import { sound } from './view-sound.js';
import { stage } from './view-stage.js';

/** @param {Call} call  @param {{label: string, link: string}} meeting @returns {HTMLElement & {stop: () => void}} */
export function callView(call, meeting) {
  const { chat, local } = call;
  const actions = {
    mute: () => local.setAudioMuted(!local.state.audioMuted),
    camera: () => local.setVideoMuted(!local.state.videoMuted),
    share: () => canShare() && call.toggleShare(),
    roster: () => beside.toggle('roster'),
    chat: () => chat.available && beside.toggle('chat'),
    copy: () => copy(meeting.link),
    settings: () => settingsDialog(local),
    help: () => shortcutsDialog(),
    leave: () => call.leave(),
  };
  const button = (id, label, symbol, key, kind) => control({ id, label, symbol, key, kind, onPress: actions[id] });
  const mute = button('mute', 'Mute', 'mic', 'm');
  const camera = button('camera', 'Turn camera off', 'camera', 'v');
  const share = button('share', 'Share screen', 'screen', 's');
  const people = button('roster', 'People', 'people', 'p');
  const badge = h('span', { class: 'badge', 'aria-hidden': 'true' });
  people.append(badge);
  const talk = button('chat', 'Chat', 'chat', 't');
  const unread = h('span', { class: 'badge unread', 'aria-hidden': 'true' });
  talk.append(unread);
  share.hidden = !canShare();
  const bar = h(
    'div',
    { class: 'bar', role: 'group', 'aria-label': 'Call controls' },
    mute, camera, share, people, talk,
    button('copy', 'Copy invitation link', 'link', 'c', 'wide-only'),
    button('settings', 'Camera, microphone and speaker', 'settings', ','),
    button('leave', 'Leave', 'leave', 'Shift+L', 'leave'),
  );
  const head = header(call, meeting.label, actions);
  const view = stage(call);
  const voices = sound(call);
  const panel = roster(call, { close: actions.roster, copyLink: actions.copy });
  const talking = chatPanel(chat, { close: actions.chat });
  const sharing = h('div', { class: 'sharing', role: 'status', hidden: true }, icon('screen', true), h('span', {}, 'You’re sharing your screen'),
    h('button', { type: 'button', class: 'button', onclick: actions.share }, 'Stop sharing'));
  const alone = h('div', { class: 'alone', hidden: true }, h('p', {}, h('strong', {}, 'You’re the only one here'), h('span', {}, 'Send the link to bring others in.')),
    h('button', { type: 'button', class: 'button', onclick: actions.copy }, icon('link', true), 'Copy link'));
  const element = h('main', { class: 'call' }, head, sharing, view, alone, panel, talking, bar, voices);

  const beside = panels(element, { roster: { panel, button: people }, chat: { panel: talking, button: talk } }, () => {
    chat.open = !talking.hidden;
    panel.show();
    talking.show();
    show();
  });

  let due = 0;
  function show() {
    due ||= requestAnimationFrame(() => {
      due = 0;
      paint();
    });
  }
  function paint() {
    mute.show(microphoneState(local));
    camera.show(cameraState(local));
    share.show({ label: call.screen ? 'Stop sharing' : 'Share screen', symbol: call.screen ? 'screen-off' : 'screen', on: Boolean(call.screen) });
    people.show({ label: panel.hidden ? 'Show people' : 'Hide people', on: !panel.hidden, expanded: String(!panel.hidden) });
    say(badge, String(call.roster.length || ''));
    talk.hidden = !chat.available;
    const waiting = chat.unread > 99 ? '99+' : String(chat.unread || '');
    talk.show({ label: talking.hidden ? (waiting ? `Show chat, ${waiting} unread` : 'Show chat') : 'Hide chat', on: !talking.hidden, expanded: String(!talking.hidden) });
    say(unread, waiting);
    sharing.hidden = !call.screen;
    alone.hidden = call.roster.length !== 1 || call.connection !== 'connected';
    set(element, 'data-connection', call.connection);
    head.show();
    view.show();
    panel.show();
    talking.show();
    voices.show();
  }

  const ends = [
    listen(actions),
    stayAwake(),
    mutedHint(local),
    call.on('change', show),
    local.on('change', show),
    call.on('announce', announce),
    call.on('toast', (text) => toast(text, { symbol: 'alert' })),
    local.on('trouble', ({ source, code }) => toast(deviceProblem(code, source).title, { symbol: 'alert', action: { label: 'Fix', run: actions.settings } })),
    chat.on('change', show),
    beside.stop,
    talking.stop,
    () => cancelAnimationFrame(due),
  ];
  show();
  const stop = () => [...ends, head.stop, view.stop, voices.stop].forEach((end) => end());
  return Object.assign(element, { stop });
}

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link);
    toast('Invitation link copied', { symbol: 'check' });
  } catch {
    // No clipboard without a secure page or the permission: then the link itself helps.
    toast(`Copy this link: ${link}`, { symbol: 'link', action: { label: 'Close', run: () => {} } });
  }
}
