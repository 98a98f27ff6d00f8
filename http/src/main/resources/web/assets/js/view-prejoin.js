// The page before the meeting: name, passcode where needed, Join, and what went wrong with the last try.
import { h, say, set } from './dom.js';
import { JoinRefused } from './join.js';
import { remember, remembered } from './memory.js';
import { notice } from './notice.js';
import { joinProblem, waitText } from './texts.js';
import { preview } from './view-preview.js';

/**
 * @param {{local: Local, label: string, words: string, join: (name: string, passcode: string) => Promise<void>}} options
 *   `join` rejects with a JoinRefused; after success the caller replaces the page
 * @returns {HTMLElement & {again: (passcode: string) => Promise<void>, stop: () => void}}
 */
export function prejoin({ local, label, words, join }) {
  const picture = preview(local);
  const name = h('input', { id: 'name', name: 'name', 'data-testid': 'name', maxlength: '64', autocomplete: 'name', placeholder: 'How others will see you', oninput: () => typed(), 'aria-describedby': 'name-error' });
  const nameError = h('p', { id: 'name-error', class: 'field-error', hidden: true });
  const passcode = h('input', { id: 'passcode', name: 'passcode', type: 'password', 'data-testid': 'passcode', autocomplete: 'off', maxlength: '128' });
  const passcodeField = h('div', { class: 'field', hidden: true }, h('label', { for: 'passcode' }, 'Passcode'), passcode);
  const button = h('button', { class: 'button primary wide', 'data-testid': 'join' }, 'Join');
  const problemBox = h('div', { hidden: true });
  const how = h('p', { class: 'small', role: 'status' });
  const told = local.on('change', () => say(how, howWords(local)));
  let busy = false;
  let countdown = 0;

  const typed = () => {
    remember('name', name.value);
    picture.named(name.value);
    nameError.hidden = true;
    set(name, 'aria-invalid', null);
  };

  const wait = (seconds, on) => {
    const until = performance.now() + seconds * 1000;
    const tick = () => {
      const left = (until - performance.now()) / 1000;
      set(button, 'aria-disabled', left > 0 ? 'true' : null);
      set(button, 'data-wait', left > 0);
      say(button, left > 0 ? `Try again ${waitText(left)}` : 'Join');
      if (left <= 0) clearInterval(countdown);
      if (left <= 0) on();
    };
    clearInterval(countdown);
    countdown = setInterval(tick, 250);
    tick();
  };

  const refused = (failure) => {
    const code = failure instanceof JoinRefused ? failure.code : 'internalError';
    const seconds = failure.retryAfterSeconds;
    const problem = joinProblem(code, { meeting: words, detail: failure.detail, wait: seconds ? `in ${duration(seconds)}` : 'in a moment' });
    const box = notice(problem, { bad: code !== 'passcodeNeeded' });
    if (code === 'unknownCall') box.append(h('a', { href: '/' }, 'Enter another ID'));
    problemBox.replaceChildren(box);
    problemBox.hidden = false;
    if (['passcodeNeeded', 'wrongPasscode', 'tooManyAttempts'].includes(code)) passcodeField.hidden = false;
    set(passcode, 'aria-invalid', code === 'wrongPasscode' ? 'true' : null);
    if (code === 'tooManyAttempts' && seconds) wait(seconds, () => problemBox.replaceChildren());
    if (problem.field === 'passcode') {
      passcode.focus();
      passcode.select();
    } else box.focus();
  };

  const submit = async (event) => {
    event?.preventDefault();
    if (busy || button.getAttribute('aria-disabled') === 'true') return;
    if (!name.value.trim()) {
      say(nameError, `${joinProblem('nameMissing').title}. ${joinProblem('nameMissing').next}`);
      nameError.hidden = false;
      set(name, 'aria-invalid', 'true');
      name.focus();
      return;
    }
    busy = true;
    problemBox.hidden = true;
    set(button, 'aria-disabled', 'true');
    button.replaceChildren(h('span', { class: 'spinner', 'aria-hidden': 'true' }), 'Joining…');
    try {
      await join(name.value, passcode.value);
    } catch (failure) {
      set(button, 'aria-disabled', null);
      button.replaceChildren('Join');
      refused(failure);
    } finally {
      busy = false;
    }
  };

  name.value = remembered('name');
  picture.named(name.value);
  const form = h(
    'form',
    { class: 'entry', novalidate: true, onsubmit: submit },
    h('p', { class: 'meeting' }, label),
    h('h1', {}, 'Ready to join?'),
    problemBox,
    h('div', { class: 'field' }, h('label', { for: 'name' }, 'Your name'), name, nameError),
    passcodeField,
    button,
    how,
  );
  /** Joins as before, without another press. */
  const again = (withPasscode) => {
    passcode.value = withPasscode;
    return submit();
  };
  const stop = () => (told(), picture.stop(), clearInterval(countdown));
  return Object.assign(h('main', { class: 'prejoin' }, picture, form), { stop, again, ready: () => (name.value ? button : name).focus({ preventScroll: true }) });
}

/** With what one is about to join, in words: nobody should find out inside. */
function howWords({ starting, state: { audioMuted, videoMuted } }) {
  if (starting) return '';
  if (audioMuted && videoMuted) return 'You’ll join with camera and microphone off. You can see and hear everyone.';
  if (audioMuted) return 'You’ll join muted, with your camera on.';
  if (videoMuted) return 'You’ll join with your microphone on and your camera off.';
  return 'You’ll join with camera and microphone on.';
}

function duration(seconds) {
  return waitText(seconds).replace(/^in /, '');
}
