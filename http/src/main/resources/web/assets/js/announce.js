// What is said in passing: toasts for everyone, and lines for screen readers.
import { h, icon } from './dom.js';

const SHOWN_MS = 5_000;

/** Shows a short message at the bottom. With an `action` it stays until that is used or it is closed. */
export function toast(text, { symbol = 'info', action = null } = {}) {
  const close = () => box.remove();
  const button = action && h('button', { class: 'toast-action', type: 'button', onclick: () => (close(), action.run()) }, action.label);
  const box = h('div', { class: 'toast', 'data-testid': 'toast' }, icon(symbol, true), h('span', {}, text), button);
  const host = document.getElementById('toasts');
  // Three at once are as many as anybody reads.
  while (host.children.length > 2) host.firstChild.remove();
  host.append(box);
  if (!action) setTimeout(close, SHOWN_MS);
  return close;
}

/** Tells screen readers, and nobody else. */
export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
