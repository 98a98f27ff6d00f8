// The two dialogs of a call: devices, and keyboard shortcuts.
import { h, icon } from './dom.js';
import { SHORTCUTS, switchedOff } from './keys.js';
import { remember } from './memory.js';
import { notice } from './notice.js';
import { pickers } from './pickers.js';
import { deviceProblem } from './texts.js';

export function settingsDialog(local) {
  const choose = pickers(local);
  const problems = h('div', { class: 'problems' });
  const show = () => {
    const now = ['camera', 'microphone'].filter((source) => local.problems[source]);
    problems.replaceChildren(...now.map((source) => notice(deviceProblem(local.problems[source], source), { role: 'note' })));
  };
  const ends = local.on('change', show);
  show();
  return open('Devices', [problems, choose], () => (ends(), choose.stop()));
}

export function shortcutsDialog() {
  const rows = SHORTCUTS.flatMap(({ key, words }) => [h('dt', {}, ...key.split('+').map((part) => h('kbd', {}, part.toUpperCase()))), h('dd', {}, words)]);
  const box = h('input', { type: 'checkbox', id: 'shortcuts-on', onchange: () => remember('shortcuts', box.checked ? 'on' : 'off') });
  box.checked = !switchedOff();
  return open('Keyboard shortcuts', [h('dl', { class: 'keys' }, rows), h('label', { class: 'check', for: 'shortcuts-on' }, box, 'Use single-key shortcuts')]);
}

function open(title, content, closed = () => {}) {
  if (document.querySelector('dialog[open]')) return null;
  const close = h('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'));
  const dialog = h('dialog', { class: 'dialog', 'aria-label': title, 'data-testid': 'dialog' }, h('header', {}, h('h2', {}, title), close), ...content);
  dialog.addEventListener('close', () => (closed(), dialog.remove()));
  // A click on the backdrop hits the dialog itself, one inside hits a child.
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
