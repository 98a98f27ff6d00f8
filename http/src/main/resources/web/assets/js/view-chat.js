// The panel with the meeting's chat.
import { announce } from './announce.js';
import { keptWords, spoken } from './chat-list.js';
import { h, icon, say, set } from './dom.js';
import { composer } from './view-composer.js';
import { messageView } from './view-message.js';

const NEAR_THE_END_PX = 60;

/** @param {Chat} chat  @param {{close: () => void}} actions @returns {HTMLElement & {show: () => void, focusIn: () => void, stop: () => void}} */
export function chatPanel(chat, { close }) {
  const note = h('p', { class: 'chat-note' });
  const list = h('ol', { class: 'messages', role: 'log', 'aria-label': 'Messages', tabindex: '0' });
  const newest = h('button', { type: 'button', class: 'newest', hidden: true, onclick: () => (toEnd(), list.focus()) }, 'New messages');
  const form = composer(chat);
  const element = h(
    'aside',
    { class: 'panel chat', 'aria-label': 'Chat', hidden: true, 'data-testid': 'chat-panel' },
    h('header', {}, h('h2', {}, 'Chat'), h('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: close }, icon('close'))),
    h('div', { class: 'chat-middle' }, list, newest),
    form,
  );
  const shown = new Map(); // message → {elements, state, before}
  let atEnd = true;

  const toEnd = () => {
    list.scrollTop = list.scrollHeight;
    newest.hidden = true;
  };
  list.addEventListener('scroll', () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_THE_END_PX;
    if (atEnd) newest.hidden = true;
  });

  // A keyboard that comes up, or a window that gets smaller, must not hide what was just said.
  const watcher = new ResizeObserver(() => atEnd && toEnd());
  watcher.observe(list);

  // Messages that stay stay the same elements: a screen reader says what is added, and nothing twice.
  const rows = () => {
    const wanted = [note];
    let added = false;
    chat.messages.forEach((message, at) => {
      const before = chat.messages[at - 1];
      const known = shown.get(message.id);
      if (!known || known.state !== message.state || known.before !== before?.id) {
        shown.set(message.id, { state: message.state, before: before?.id, elements: messageView(message, before, (one) => chat.retry(one)).filter(Boolean) });
        added ||= !known;
      }
      wanted.push(...shown.get(message.id).elements);
    });
    const ids = new Set(chat.messages.map(({ id }) => id));
    for (const id of shown.keys()) if (!ids.has(id)) shown.delete(id);
    for (const stray of [...list.children]) if (!wanted.includes(stray)) stray.remove();
    wanted.forEach((one, at) => {
      if (list.children[at] !== one) list.insertBefore(one, list.children[at] ?? null);
    });
    return added;
  };

  const show = () => {
    if (element.hidden) return;
    say(note, keptWords(chat.kept));
    set(element, 'data-empty', chat.messages.length === 0);
    const stay = !atEnd && !chat.messages.at(-1)?.you;
    const added = rows();
    if (!stay) toEnd();
    else if (added) newest.hidden = false;
    form.show();
  };
  const focusIn = () => {
    toEnd();
    // On a phone the keyboard would cover what there is to read.
    if (matchMedia('(pointer: coarse)').matches) list.focus();
    else form.field.focus();
  };
  const unheard = chat.on('heard', (message) => element.hidden && announce(`New message from ${spoken(message)}`));
  const stop = () => (unheard(), watcher.disconnect());
  return Object.assign(element, { show, focusIn, stop });
}
