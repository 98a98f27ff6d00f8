// What the page's forms have in common: errors beside their fields, and one line that says what happened.
import { say, set } from '../../../assets/js/dom.js';

/** Shows each field's problem beside it, takes the others away, and goes to the first. True where there was none. */
export function show(form, problems, names = {}) {
  let first = null;
  for (const input of form.elements) {
    const error = document.getElementById(`${input.id}-error`);
    if (!error) continue;
    const words = problems[names[input.id] ?? input.name] ?? '';
    say(error, words);
    error.hidden = !words;
    set(input, 'aria-invalid', words ? 'true' : null);
    if (words && !first) first = input;
  }
  first?.focus();
  return !first;
}

/** Takes the problem away as soon as somebody does something about it. */
export function forgiving(form) {
  form.addEventListener('input', ({ target }) => {
    const error = document.getElementById(`${target.id}-error`);
    if (!error || error.hidden) return;
    error.hidden = true;
    set(target, 'aria-invalid', null);
  });
}

/** A line for everyone, which screen readers speak. */
export function tell(id, words, tone = '') {
  const line = document.getElementById(id);
  line.className = `said ${tone}`;
  // The same words again are news too: they must change to be spoken.
  if (line.textContent === words) line.textContent = '';
  line.textContent = words;
}

/** While something is asked for, its button waits; the focus comes back to it unless it has gone elsewhere. */
export async function busy(button, work) {
  const focused = document.activeElement === button;
  button.disabled = true;
  try {
    return await work();
  } finally {
    button.disabled = false;
    if (focused && document.activeElement === document.body) button.focus();
  }
}
