// The line above the stage: which meeting, how long, how the connection is.
import { h, icon, say, set } from './dom.js';

const STATUS = { connecting: 'Connecting…', reconnecting: 'Reconnecting…', connected: '' };

/** @param {Call} call @returns {HTMLElement & {show: () => void, stop: () => void}} */
export function header(call, label, actions) {
  const title = h('h1', { class: 'call-title' });
  const clock = h('span', { class: 'clock', role: 'timer', 'aria-label': 'Duration' });
  const status = h('span', { class: 'status', role: 'status', 'data-testid': 'status' });
  const help = h('button', { type: 'button', class: 'plain', 'aria-label': 'Keyboard shortcuts', 'data-tip': 'Keyboard shortcuts  (?)', onclick: actions.help }, icon('help'));
  const id = h('span', { class: 'id' }, label);
  const element = h('header', { class: 'call-header' }, h('img', { src: '/assets/favicon.svg', alt: '', width: '26', height: '26' }), title, id, clock, status, help);
  const tick = () => say(clock, elapsed((performance.now() - call.startedAt) / 1000));
  const timer = setInterval(tick, 1000);
  tick();
  const show = () => {
    const name = titleOf(call.space?.name, label);
    say(title, name);
    set(id, 'hidden', name === label);
    say(status, STATUS[call.connection]);
    set(status, 'hidden', call.connection === 'connected');
  };
  return Object.assign(element, { show, stop: () => clearInterval(timer) });
}

/** The meeting's name; where that is nothing but its ID, the label says it better, and once. */
export function titleOf(name, label) {
  const squeezed = (text) => text.replace(/\s/g, '');
  return !name || squeezed(label) === squeezed(`Meeting ${name}`) ? label : name;
}

/** Seconds as 0:07, 12:34 or 1:02:03. */
export function elapsed(seconds) {
  const whole = Math.floor(seconds);
  const two = (n) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
