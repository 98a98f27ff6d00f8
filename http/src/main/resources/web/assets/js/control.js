// A round button with an icon: microphone, camera and all others of the bars.
import { h, icon, set, swap } from './dom.js';

/**
 * @param {{id: string, label: string, symbol: string, key: ?string, kind: ?string, onPress: () => void}} what
 * `id` is the data-testid; `key` the shortcut shown in the tip
 */
export function control({ id, label, symbol, key = null, kind = '', onPress }) {
  const picture = icon(symbol);
  const button = h('button', { type: 'button', class: `control ${kind}`.trim(), 'data-testid': id, onclick: onPress }, picture);
  if (key) set(button, 'aria-keyshortcuts', key);
  const show = (state) => {
    set(button, 'aria-label', state.label);
    set(button, 'data-tip', key ? `${state.label}  (${key.replace('Shift+', '⇧')})` : state.label);
    if (state.symbol) swap(picture, state.symbol);
    // The label already changes with the state ("Mute", "Unmute"); a pressed state on top would say it twice.
    set(button, 'data-off', state.off ?? false);
    set(button, 'data-on', state.on ?? false);
    set(button, 'data-trouble', state.trouble ?? false);
    set(button, 'aria-expanded', state.expanded ?? null);
  };
  show({ label, symbol });
  return Object.assign(button, { show });
}

export const microphoneState = ({ state, problems }) => ({
  label: state.audioMuted ? 'Unmute' : 'Mute',
  symbol: state.audioMuted ? 'mic-off' : 'mic',
  off: state.audioMuted,
  trouble: Boolean(problems.microphone),
});

export const cameraState = ({ state, problems }) => ({
  label: state.videoMuted ? 'Turn camera on' : 'Turn camera off',
  symbol: state.videoMuted ? 'camera-off' : 'camera',
  off: state.videoMuted,
  trouble: Boolean(problems.camera),
});
