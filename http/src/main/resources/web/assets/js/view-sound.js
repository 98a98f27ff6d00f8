// The voices: one hidden audio element per arriving audio track, on the chosen speaker.
import { toast } from './announce.js';
import { h, play } from './dom.js';

/** @param {Call} call @returns {HTMLElement & {show: () => void, stop: () => void}} */
export function sound(call) {
  const element = h('div', { hidden: true });
  const voices = new Map(); // track → audio element
  let asked = false;

  const start = (audio) => {
    audio.play().catch((refused) => {
      if (refused.name !== 'NotAllowedError' || asked) return;
      asked = true;
      const run = () => voices.forEach((one) => one.play().catch(() => {}));
      toast('Your browser holds back the sound.', { symbol: 'speaker', action: { label: 'Play sound', run } });
    });
  };

  const show = () => {
    const tracks = new Set([...call.media.received().values()].flatMap((sources) => [...sources.values()]).filter(({ kind }) => kind === 'audio'));
    for (const [track, audio] of voices) {
      if (tracks.has(track)) continue;
      play(audio, null);
      audio.remove();
      voices.delete(track);
    }
    for (const track of tracks) {
      if (voices.has(track)) continue;
      const audio = h('audio', { autoplay: true });
      voices.set(track, audio);
      element.append(audio);
      play(audio, track);
      start(audio);
    }
    const speaker = call.local.chosen.speaker;
    for (const audio of voices.values()) {
      if (audio.setSinkId && audio.sinkId !== speaker) audio.setSinkId(speaker).catch(() => {}); // Unplugged: the default stays.
    }
  };
  const stop = () => voices.forEach((audio) => play(audio, null));
  return Object.assign(element, { show, stop });
}
