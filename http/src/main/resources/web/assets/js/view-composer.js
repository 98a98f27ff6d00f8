// Where a message is typed. Enter sends, Shift+Enter begins a new line.
import { h, icon, say, set } from './dom.js';

const NEAR_THE_END = 200; // So many characters before the limit, the rest is counted down.
const MOST_HEIGHT_PX = 144;

/** @param {Chat} chat @returns {HTMLElement & {show: () => void, field: HTMLTextAreaElement}} */
export function composer(chat) {
  const left = h('span', { class: 'left', id: 'chat-left', role: 'status' });
  const field = h('textarea', {
    rows: '1', 'aria-label': 'Message to everybody', 'aria-describedby': 'chat-left', placeholder: 'Write to everybody', enterkeyhint: 'send', autocomplete: 'off', 'data-testid': 'chat-text',
  });
  const button = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send', 'data-testid': 'chat-send' }, icon('send'));
  const element = h('form', { class: 'composer' }, h('div', { class: 'composer-box' }, field, button), left);

  const show = () => {
    const rest = chat.longest - [...field.value.trim()].length;
    set(button, 'aria-disabled', !field.value.trim() || rest < 0);
    set(field, 'aria-invalid', rest < 0);
    say(left, rest < 0 ? `${-rest} characters too many` : rest <= NEAR_THE_END ? `${rest} characters left` : '');
    field.style.setProperty('height', 'auto');
    // Nothing has a height while the panel is hidden.
    if (field.scrollHeight) field.style.setProperty('height', `${Math.min(field.scrollHeight + 2, MOST_HEIGHT_PX)}px`);
  };
  const submit = () => {
    if (button.hasAttribute('aria-disabled')) return;
    chat.say(field.value);
    field.value = '';
    show();
    field.focus();
  };
  element.addEventListener('submit', (event) => (event.preventDefault(), submit()));
  field.addEventListener('input', show);
  field.addEventListener('keydown', (event) => {
    // While an input method composes a character, Enter takes the character.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  show();
  return Object.assign(element, { show, field });
}
