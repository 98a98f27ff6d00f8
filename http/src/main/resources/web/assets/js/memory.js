// What this browser keeps between visits: the name, the devices, mute choices. Private windows may refuse; then nothing is kept.

const PREFIX = 'convoke.';

export function remembered(key) {
  try {
    return localStorage.getItem(PREFIX + key) ?? '';
  } catch {
    return '';
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, String(value));
  } catch {
    // Nothing depends on it being kept.
  }
}
