// The three lists of devices, before the call and in its settings.
import { canCapture, canChooseSpeaker, list } from './devices.js';
import { h, icon } from './dom.js';

let count = 0;

/** @param {Local} local @returns {HTMLElement & {stop: () => void}} keeps itself up to date until `stop` is called */
export function pickers(local) {
  const fields = [
    field('Camera', 'camera', 'videoinput', (id) => local.use('camera', id), () => idOf(local.camera) || local.chosen.camera),
    field('Microphone', 'mic', 'audioinput', (id) => local.use('microphone', id), () => idOf(local.microphone) || local.chosen.microphone),
    canChooseSpeaker() && field('Speaker', 'speaker', 'audiooutput', (id) => local.chooseSpeaker(id), () => local.chosen.speaker),
  ].filter(Boolean);
  const box = h('div', { class: 'pickers' }, fields);
  const refresh = () => fields.forEach((one) => one.refresh());
  const ends = local.on('change', refresh);
  navigator.mediaDevices?.addEventListener?.('devicechange', refresh);
  refresh();
  const stop = () => {
    ends();
    navigator.mediaDevices?.removeEventListener?.('devicechange', refresh);
  };
  return Object.assign(box, { stop, hidden: !canCapture() });
}

function field(label, symbol, kind, choose, current) {
  const id = `picker-${kind}-${++count}`;
  const select = h('select', { id, 'data-testid': `picker-${symbol}`, onchange: () => choose(select.value) });
  const refresh = async () => {
    const devices = await list(kind);
    const none = kind === 'audiooutput' ? 'System default' : `No ${label.toLowerCase()} found`;
    const wanted = devices.length ? devices : [{ id: '', label: none }];
    const same = wanted.length === select.options.length && wanted.every((one, at) => one.id === select.options[at].value && one.label === select.options[at].text);
    // An open list that is rebuilt closes under the person's fingers.
    if (!same) select.replaceChildren(...wanted.map((one) => h('option', { value: one.id }, one.label)));
    select.disabled = devices.length === 0;
    const at = devices.findIndex((one) => one.id === current());
    select.selectedIndex = Math.max(0, at);
  };
  return Object.assign(h('div', { class: 'field' }, h('label', { for: id }, icon(symbol, true), label), select), { refresh });
}

const idOf = (track) => track?.getSettings().deviceId ?? '';
