// The panel with everybody in the meeting: who speaks, who is muted, who shares; and those who are in by chat only.
import { h, icon, say, set } from './dom.js';
import { initials, ordered, tone } from './people.js';

/** @param {Call} call  @param {{close: () => void, copyLink: () => void}} actions @returns {HTMLElement & {show: () => void, focusIn: () => void}} */
export function roster(call, { close, copyLink }) {
  const rows = new Map();
  const count = h('span', { class: 'count' });
  const list = h('ul', { class: 'people' });
  const chatting = h('ul', { class: 'people', 'aria-label': 'In by chat only' });
  const element = h(
    'aside',
    { class: 'panel', 'aria-label': 'People', hidden: true, 'data-testid': 'roster-panel' },
    h('header', {}, h('h2', {}, 'People ', count), h('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: close }, icon('close'))),
    h('div', { class: 'people-all' }, list, chatting),
    h('footer', {}, h('button', { type: 'button', class: 'button wide', onclick: copyLink }, icon('link', true), 'Copy invitation link')),
  );

  const show = () => {
    if (element.hidden) return;
    const people = [...ordered(call.roster)].sort((a, b) => Number(b.you) - Number(a.you));
    say(count, String(people.length + call.chat.people.length));
    showChatting(chatting, call.chat.people);
    for (const [key, one] of rows) {
      if (people.some(({ participant }) => participant === key)) continue;
      one.remove();
      rows.delete(key);
    }
    people.forEach((person, at) => {
      if (!rows.has(person.participant)) rows.set(person.participant, row(person));
      const one = rows.get(person.participant);
      const own = person.you ? call.local.state : person;
      const sharing = person.you ? Boolean(call.screen) : person.sharing;
      one.show({ ...person, audioMuted: own.audioMuted, videoMuted: own.videoMuted, sharing }, call.speaking.has(person.participant));
      if (list.children[at] !== one) list.insertBefore(one, list.children[at] ?? null);
    });
  };
  return Object.assign(element, { show, focusIn: () => element.querySelector('button').focus() });
}

/** Those whom nobody hears or sees: they come with an XMPP client, to the chat. */
function showChatting(list, names) {
  if ([...list.children].map((one) => one.dataset.name).join('\n') === names.join('\n')) return;
  list.replaceChildren(
    ...names.map((name) =>
      h(
        'li',
        { 'data-testid': 'chat-person', 'data-name': name },
        h('span', { class: `avatar tone-${tone(name)}`, 'aria-hidden': 'true' }, initials(name)),
        h('span', { class: 'person' }, h('span', { class: 'person-name' }, name), h('span', { class: 'person-facts' }, 'Chat only')),
        h('span', { class: 'person-marks' }, icon('chat', true)),
      ),
    ),
  );
}

function row({ participant, you }) {
  const letters = h('span', { class: `avatar tone-${tone(participant)}`, 'aria-hidden': 'true' });
  const name = h('span', { class: 'person-name' });
  const facts = h('span', { class: 'person-facts' });
  const [screen, camera, muted, open] = ['screen', 'camera-off', 'mic-off', 'mic'].map((name) => icon(name, true));
  const waves = h('span', { class: 'waves', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));
  const marks = h('span', { class: 'person-marks' }, screen, camera, muted, open, waves);
  const element = h('li', { 'data-testid': 'person', 'data-participant': participant }, letters, h('span', { class: 'person' }, name, facts), marks);
  const show = (person, heard) => {
    const speaking = heard && !person.audioMuted;
    say(letters, initials(person.name));
    say(name, you ? `${person.name} (you)` : person.name);
    const words = [speaking && 'Speaking', person.sharing && 'Sharing screen', person.audioMuted && 'Muted', person.videoMuted && 'Camera off'];
    // One line is enough to see; screen readers get the same line.
    say(facts, words.filter(Boolean).join(' · '));
    set(element, 'data-speaking', speaking);
    set(screen, 'hidden', !person.sharing);
    set(camera, 'hidden', !person.videoMuted);
    set(muted, 'hidden', !person.audioMuted);
    set(open, 'hidden', person.audioMuted || speaking);
    waves.hidden = !speaking;
  };
  return Object.assign(element, { show });
}
