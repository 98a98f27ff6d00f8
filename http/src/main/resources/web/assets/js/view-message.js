// One message in the chat.
import { continues, dayLine, pieces, timeOf } from './chat-list.js';
import { h, icon } from './dom.js';
import { initials, tone } from './people.js';

/** @param {object} before the message above it, or undefined  @param {(message: object) => void} retry */
export function messageView(message, before, retry) {
  const { from, you, state } = message;
  const goesOn = continues(before, message);
  const day = dayLine(before, message);
  const time = h('time', { datetime: message.at }, timeOf(message.at));
  const head = goesOn
    ? null
    : h('p', { class: 'said-head' }, h('span', { class: 'said-name' }, you ? 'You' : from.name), from.kind === 'xmpp' && h('span', { class: 'said-how' }, 'chat only'), time);
  const face = !you && !goesOn && h('span', { class: `avatar tone-${tone(from.participant ?? from.name)}`, 'aria-hidden': 'true' }, initials(from.name));
  const text = h('p', { class: 'said-text' }, pieces(message.text).map(piece));
  return [
    day && h('li', { class: 'day' }, day),
    h(
      'li',
      { class: ['said', you && 'you', goesOn && 'on'].filter(Boolean).join(' '), 'data-testid': 'message', 'data-state': state },
      face,
      h('div', { class: 'said-body' }, head, goesOn && h('span', { class: 'unseen' }, `${you ? 'You' : from.name}, ${timeOf(message.at)}: `), text, foot(message, retry)),
    ),
  ];
}

function piece({ text, href }) {
  return href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, text) : text;
}

function foot(message, retry) {
  if (message.state === 'sending') return h('p', { class: 'said-foot' }, 'Sending…');
  if (message.state !== 'failed') return null;
  return h(
    'p',
    { class: 'said-foot bad', role: 'alert' },
    icon('alert', true),
    h('span', {}, message.failure),
    h('button', { type: 'button', class: 'text-button', onclick: () => retry(message) }, 'Try again'),
  );
}
