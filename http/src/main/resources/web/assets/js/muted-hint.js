// Tells people who talk while they are muted. The sound is only measured here, on this device.
import { toast } from './announce.js';
import { measure } from './meter.js';

const LOUD = 0.6; // -30 dB: a voice close to the microphone, not a keyboard or a fan
const TALKS = 12; // readings of 33 ms in a row
const AGAIN_MS = 60_000;

/** @param {Local} local @returns {() => void} ends it */
export function mutedHint(local) {
  let measured = null; // The track whose copy is measured: the one that is sent is silent while muted.
  let stop = () => {};
  let loud = 0;
  let told = -Infinity;

  const hear = (level) => {
    loud = level > LOUD ? loud + 1 : 0;
    if (loud < TALKS || performance.now() - told < AGAIN_MS) return;
    told = performance.now();
    toast('You’re muted. Press M or the microphone to speak.', { symbol: 'mic-off' });
  };
  const follow = () => {
    const wanted = local.audioMuted ? local.microphone : null;
    if (wanted === measured) return;
    stop();
    measured = wanted;
    if (!wanted) return (stop = () => {});
    const copy = wanted.clone();
    copy.enabled = true;
    const end = measure(copy, hear);
    stop = () => (end(), copy.stop());
  };
  const ends = local.on('change', follow);
  follow();
  return () => (ends(), stop());
}
