// Configuration > General: puts the page's three parts together.
import { h } from '../../../assets/js/dom.js';
import { ask } from './api.js';
import { callbridgeList } from './view-callbridges.js';
import { registration } from './view-registration.js';
import { settingsForm } from './view-settings.js';

const choice = document.getElementById('callbridge');

const settings = settingsForm({ callbridge: () => choice.value, saved: () => live.refresh() });
await settings.load();
const live = registration({ callbridge: () => choice.value || settings.stored().callBridge });
callbridgeList().load();
offerCallbridges();

/** A choice only where there is one. */
async function offerCallbridges() {
  const answer = await ask('GET', '/state/callbridges');
  const others = answer.ok ? answer.body.callbridges : [];
  if (others.length < 2) return;
  const own = settings.stored().callBridge;
  choice.replaceChildren(...others.map(({ id, node }) => h('option', { value: id, selected: id === own }, `${node}${id === own ? ' (this node)' : ''} – ${id}`)));
  document.getElementById('callbridge-field').hidden = false;
  choice.addEventListener('change', () => {
    settings.load();
    live.refresh();
  });
}
