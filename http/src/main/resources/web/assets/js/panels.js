// The panels beside the stage: one at a time, each with the button that shows and hides it.
import { set } from './dom.js';

/**
 * @param {HTMLElement} page carries `data-panel`, the name of the one that is shown
 * @param {Object<string, {panel: HTMLElement & {focusIn: () => void}, button: HTMLElement}>} all by name
 * @param {() => void} changed
 */
export function panels(page, all, changed) {
  const shown = () => Object.keys(all).find((name) => !all[name].panel.hidden) ?? null;
  const become = (name) => {
    const before = shown();
    for (const [key, { panel }] of Object.entries(all)) panel.hidden = key !== name;
    set(page, 'data-panel', name);
    changed();
    if (name) all[name].panel.focusIn();
    else if (before) all[before].button.focus();
  };
  const toggle = (name) => become(shown() === name ? null : name);
  const escape = (event) => event.key === 'Escape' && !event.isComposing && shown() && !document.querySelector('dialog[open]') && become(null);
  document.addEventListener('keydown', escape);
  return { shown, toggle, stop: () => document.removeEventListener('keydown', escape) };
}
