// The form of the XMPP server settings.
import { ask } from './api.js';
import { busy, forgiving, show, tell } from './form.js';
import { changes, FIELDS, missing, problems } from './settings.js';

const PATH = '/api/v1/system/configuration/xmpp';

/** `callbridge()` names the one whose settings are shown; empty for the node's own. `saved()` is called after a change. */
export function settingsForm({ callbridge, saved }) {
  const form = document.getElementById('settings');
  const save = document.getElementById('save');
  let stored = {};

  const typed = () => ({
    ...Object.fromEntries(FIELDS.map((field) => [field, form.elements[field].value.trim()])),
    sharedSecret: form.elements.sharedSecret.value,
    confirmation: form.elements.confirmation.value,
    removeSecret: form.elements.removeSecret.checked,
  });

  function fill() {
    for (const field of FIELDS) form.elements[field].value = stored[field] ?? '';
    for (const field of ['sharedSecret', 'confirmation']) form.elements[field].value = '';
    form.elements.removeSecret.checked = false;
    const chip = document.getElementById('secret-state');
    chip.textContent = stored.sharedSecretSet ? 'Set' : 'Not set';
    chip.className = stored.sharedSecretSet ? 'chip good' : 'chip';
    document.getElementById('removal').hidden = !stored.sharedSecretSet;
    secretFields();
    show(form, {});
  }

  function secretFields() {
    const removed = form.elements.removeSecret.checked;
    form.elements.sharedSecret.disabled = removed;
    form.elements.confirmation.disabled = removed;
  }

  async function load() {
    const answer = await ask('GET', PATH + (callbridge() ? `?callBridge=${callbridge()}` : ''));
    if (!answer.ok) return tell('settings-said', answer.problem.words, 'bad');
    stored = answer.body;
    fill();
    return null;
  }

  async function submit() {
    const found = problems(typed());
    if (!show(form, found)) return;
    const parameters = changes(typed(), stored);
    if (!parameters) {
      tell('settings-said', 'Nothing has changed.');
      return;
    }
    const answer = await ask('PUT', PATH, callbridge() ? { ...parameters, callBridge: callbridge() } : parameters);
    if (!answer.ok) {
      if (answer.problem.parameter && !show(form, { [answer.problem.parameter]: answer.problem.words })) tell('settings-said', '');
      else tell('settings-said', answer.problem.words, 'bad');
      return;
    }
    await load();
    const lacking = missing(stored);
    tell('settings-said', lacking ? `Saved. To register, the Callbridge still needs ${lacking}.` : 'Saved. The Callbridge registers anew.', 'good');
    saved();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    busy(save, submit);
  });
  document.getElementById('discard').addEventListener('click', () => {
    fill();
    tell('settings-said', 'Changes discarded.');
  });
  form.elements.removeSecret.addEventListener('change', secretFields);
  forgiving(form);
  return { load, stored: () => stored };
}
