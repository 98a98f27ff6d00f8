// Who may register with Convoke's own XMPP server.
import { h, icon } from '../../../assets/js/dom.js';
import { ask, askAll } from './api.js';
import { busy, forgiving, show, tell } from './form.js';

const PATH = '/api/v1/xmppCallbridges';
const NAMES = { newName: 'name', newSecret: 'sharedSecret' };

export function callbridgeList() {
  const list = document.getElementById('callbridges');
  const form = document.getElementById('add');
  const made = document.getElementById('made');

  async function load() {
    const answer = await askAll(PATH, 'xmppCallbridges');
    if (!answer.ok) return tell('callbridges-said', answer.problem.words, 'bad');
    const rows = answer.items.map(({ name }) => rowOf(name));
    list.replaceChildren(...(rows.length ? rows : [h('li', { class: 'none' }, 'Only this node’s own Callbridge, which needs no entry.')]));
    return null;
  }

  function rowOf(name) {
    const remove = h('button', { class: 'button', type: 'button', 'aria-label': `Remove ${name}`, onclick: () => confirmRemoval(name) }, 'Remove');
    return h('li', {}, h('span', { class: 'name' }, name), remove);
  }

  function confirmRemoval(name) {
    const yes = h('button', { class: 'button danger', type: 'button', onclick: () => busy(yes, () => remove(name, dialog)) }, 'Remove');
    const no = h('button', { class: 'button', type: 'button', autofocus: true, onclick: () => dialog.close() }, 'Keep');
    const dialog = h(
      'dialog',
      { class: 'dialog', 'aria-labelledby': 'removal-title' },
      h('h2', { id: 'removal-title' }, `Remove ${name}?`),
      h('p', {}, 'It can register no more, and its secret is lost. A connection that is up is ended. To let it in again, add it anew and give it the new secret.'),
      h('div', { class: 'actions' }, no, yes),
    );
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  async function remove(name, dialog) {
    const answer = await ask('DELETE', `${PATH}/${encodeURIComponent(name)}`);
    dialog.close();
    made.replaceChildren();
    await load();
    if (answer.ok || answer.status === 404) tell('callbridges-said', `${name} is removed.`, 'good');
    else tell('callbridges-said', answer.problem.words, 'bad');
    form.elements.newName.focus();
  }

  async function add() {
    const name = form.elements.newName.value.trim();
    const sharedSecret = form.elements.newSecret.value;
    made.replaceChildren();
    tell('callbridges-said', '');
    if (!show(form, name ? {} : { name: 'Say which name it registers under.' }, NAMES)) return;
    const answer = await ask('POST', PATH, { name, sharedSecret });
    if (!answer.ok) {
      const parameter = answer.status === 400 && (answer.problem.parameter ?? 'name');
      if (parameter) show(form, { [parameter]: answer.problem.words }, NAMES);
      else tell('callbridges-said', answer.problem.words, 'bad');
      return;
    }
    form.reset();
    await load();
    tell('callbridges-said', `${name} may register now.`, 'good');
    if (answer.body?.sharedSecret) made.replaceChildren(secretOnce(name, answer.body.sharedSecret));
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    busy(document.getElementById('addCallbridge'), add);
  });
  forgiving(form);
  return { load };
}

/** The one time that a made-up secret can be seen. */
function secretOnce(name, secret) {
  const copy = h('button', { class: 'button', type: 'button', onclick: copyIt }, 'Copy');
  async function copyIt() {
    try {
      await navigator.clipboard.writeText(secret);
      copy.textContent = 'Copied';
    } catch {
      // Without the browser's leave there is the text to select.
      copy.textContent = 'Select and copy it';
    }
  }
  return h(
    'div',
    { class: 'notice', role: 'status' },
    icon('info'),
    h('strong', {}, `The secret of ${name}`),
    h('p', {}, 'Note it now and set it on that Callbridge: it is not shown again.'),
    h('div', { class: 'shown' }, h('code', {}, secret), copy),
  );
}
