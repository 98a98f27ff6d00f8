// The page at /meeting/…: goes from the preview to the call to its end, and tells tests where it stands (window.convoke).
import { Call } from './call.js';
import { h } from './dom.js';
import { iceConfiguration } from './ice.js';
import { join } from './join.js';
import { listen } from './keys.js';
import { Local } from './local.js';
import { notice } from './notice.js';
import { invitation, meetingLabel, meetingOf, meetingWords } from './route.js';
import { joinProblem } from './texts.js';
import { callView } from './view-call.js';
import { endedView } from './view-ended.js';
import { prejoin } from './view-prejoin.js';

const app = document.getElementById('app');
const meeting = meetingOf(location.pathname, location.search);
const label = meetingLabel(meeting, location.pathname);
const link = invitation(location.origin, location.pathname, location.search);

let view = null;
let call = null;
let local = null;
let phase = 'prejoin';
let passcodeUsed = '';

window.convoke = {
  get pc() {
    return call?.media.pc ?? null;
  },
  get session() {
    return call?.session ?? null;
  },
  get state() {
    return phase !== 'call' ? phase : { connecting: 'joining', connected: 'connected', reconnecting: 'reconnecting' }[call.connection];
  },
};

function masthead() {
  return h('header', { class: 'masthead' }, h('a', { class: 'brand', href: '/' }, h('img', { src: '/assets/favicon.svg', alt: '', width: '26', height: '26' }), 'Convoke'));
}

function show(next, ...around) {
  view?.stop?.();
  view = next;
  app.replaceChildren(...around, next);
  next.ready?.();
}

function before() {
  phase = 'prejoin';
  document.title = `${label} · Convoke`;
  local = new Local();
  const me = local;
  const page = prejoin({ local: me, label, words: meetingWords(meeting), join: (name, passcode) => enter(name, passcode) });
  const unlisten = listen({ mute: () => me.setAudioMuted(!me.state.audioMuted), camera: () => me.setVideoMuted(!me.state.videoMuted) });
  const { stop } = page;
  show(Object.assign(page, { stop: () => (unlisten(), stop()) }), masthead());
  return me.start().then(() => page);
}

/** Joins and shows the call. Throws what join() throws; the page stays as it is then. */
async function enter(name, passcode) {
  phase = 'joining';
  try {
    const ticket = await join(meeting, name, passcode);
    call = new Call(ticket, local, name.trim(), iceConfiguration(ticket, location.search));
  } catch (failure) {
    phase = 'prejoin';
    throw failure;
  }
  phase = 'call';
  passcodeUsed = passcode;
  document.title = `${call.space?.name ?? label} · Convoke`;
  call.on('over', ({ code }) => after(code));
  show(callView(call, { label, link }));
}

function after(code) {
  phase = 'ended';
  local.stop();
  document.getElementById('toasts').replaceChildren();
  document.querySelector('dialog[open]')?.close();
  show(endedView(code, { rejoin }), masthead());
}

/** Back in with the same name and passcode; where that fails, the page before the meeting says why. */
async function rejoin() {
  const page = await before();
  await page.again(passcodeUsed);
}

// A closed tab says goodbye, so that nobody looks at a frozen picture for the five seconds a lost one is waited for.
addEventListener('pagehide', () => call?.session.leave());
// After coming back with the browser's back button the old call is gone.
addEventListener('pageshow', ({ persisted }) => persisted && before());

function dead(code) {
  const box = h('div', { class: 'card' }, notice(joinProblem(code, { meeting: 'this address' })), h('a', { class: 'button primary', href: '/' }, 'Enter a meeting ID'));
  show(h('main', { class: 'page' }, box), masthead());
}

if (!meeting) location.replace('/');
else if (!('RTCPeerConnection' in window)) dead('noWebRtc');
else before();
