// The page after a meeting: why it is over, and the way back.
import { h, icon } from './dom.js';
import { ending } from './texts.js';

/** @param {string} code of the end  @param {{rejoin: () => void}} actions @returns {HTMLElement} */
export function endedView(code, { rejoin }) {
  const end = ending(code);
  const good = code === 'left' || code === 'conferenceEnded';
  const back = end.rejoin && h('button', { type: 'button', class: 'button primary', 'data-testid': 'rejoin', onclick: rejoin }, 'Rejoin');
  const heading = h('h1', { tabindex: '-1' }, end.title);
  const card = h(
    'div',
    { class: 'card ended', role: good ? 'status' : 'alert', 'data-testid': good ? 'ended' : 'error', 'data-code': code },
    h('span', { class: good ? 'ended-mark' : 'ended-mark bad' }, icon(good ? 'check' : 'alert')),
    heading,
    h('p', { class: 'lead' }, end.next),
    h('div', { class: 'actions' }, back, h('a', { class: back ? 'button' : 'button primary', href: '/' }, 'Join another meeting')),
  );
  return Object.assign(h('main', { class: 'page' }, card), { ready: () => (back || heading).focus() });
}
