// Keyboard shortcuts of a call. The table is data, so that the dialog and the keys cannot disagree. No DOM until `listen`.
import { remembered } from './memory.js';

export const SHORTCUTS = [
  { key: 'm', action: 'mute', words: 'Mute or unmute' },
  { key: 'v', action: 'camera', words: 'Camera on or off' },
  { key: 's', action: 'share', words: 'Share your screen, or stop' },
  { key: 'p', action: 'roster', words: 'Show or hide people' },
  { key: 't', action: 'chat', words: 'Show or hide the chat' },
  { key: 'c', action: 'copy', words: 'Copy the invitation link' },
  { key: ',', action: 'settings', words: 'Camera, microphone and speaker' },
  { key: 'Shift+L', action: 'leave', words: 'Leave the meeting' },
  { key: '?', action: 'help', words: 'Show these shortcuts' },
];

/**
 * The action for a key press, or null.
 * @param {{key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean, repeat: boolean}} event
 * @param {boolean} typing whether the focus is where letters are text
 */
export function actionFor(event, typing) {
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null;
  const pressed = event.key === '?' || event.key === ',' ? event.key : (event.shiftKey ? 'Shift+' : '') + event.key;
  const same = (one) => one.key.toLowerCase() === pressed.toLowerCase();
  return SHORTCUTS.find(same)?.action ?? null;
}

/** Single letters can get in the way of speech control and other aids, so they can be switched off. */
export const switchedOff = () => remembered('shortcuts') === 'off';

/** Runs `actions[name]` for shortcuts until the returned function is called. */
export function listen(actions) {
  const heard = (event) => {
    const typing = event.target.closest?.('input:not([type=checkbox]), select, textarea, [contenteditable]') || document.querySelector('dialog[open]');
    const action = actionFor(event, Boolean(typing));
    if (!action || !actions[action] || (switchedOff() && action !== 'help')) return;
    event.preventDefault();
    actions[action]();
  };
  document.addEventListener('keydown', heard);
  return () => document.removeEventListener('keydown', heard);
}
