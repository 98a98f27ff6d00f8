// One person on the stage: picture or initials, name, microphone, and whether they speak.
import { h, icon, play, say, set } from './dom.js';
import { initials, tone } from './people.js';

/**
 * @param {{participant: string, you: boolean}} person
 * @returns {HTMLElement & {show: (state: object) => void, stop: () => void}}
 */
export function tile({ participant, you }) {
  const video = h('video', { autoplay: true, playsinline: true, tabindex: '-1', 'aria-hidden': 'true' });
  video.muted = true; // Voices come from audio elements of their own.
  const letters = h('span', { class: `avatar tone-${tone(participant)}`, 'aria-hidden': 'true' });
  const name = h('span', { class: 'tile-name-text' });
  const micOff = icon('mic-off', true);
  const label = h('figcaption', { class: 'tile-name', 'aria-hidden': 'true' }, micOff, name);
  const element = h('figure', { class: you ? 'tile you' : 'tile', 'data-testid': 'tile', 'data-participant': participant }, letters, video, label);

  /** Shows the picture once the first frame is there: until then a slot may still hold somebody else's last one. */
  const picture = (track) => {
    if (!play(video, track)) return;
    set(element, 'data-picture', false);
    if (!track) return;
    const shown = () => video.srcObject?.getTracks()[0] === track && set(element, 'data-picture', true);
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback(shown);
    else video.addEventListener('loadeddata', shown, { once: true });
  };

  const show = ({ person, track, speaking, muted, off }) => {
    const shownName = you ? `${person.name} (you)` : person.name;
    say(letters, initials(person.name));
    say(name, you ? 'You' : person.name);
    picture(off ? null : track);
    set(micOff, 'hidden', !muted);
    set(element, 'data-speaking', speaking && !muted);
    const facts = [muted && 'muted', off && 'camera off', speaking && !muted && 'speaking'].filter(Boolean);
    set(element, 'aria-label', [shownName, ...facts].join(', '));
  };
  return Object.assign(element, { show, stop: () => play(video, null) });
}

/** A shared screen: whole, never cropped, with the name of whoever shares it. */
export function screenTile(participant) {
  const video = h('video', { autoplay: true, playsinline: true, tabindex: '-1' });
  video.muted = true;
  const name = h('span', { class: 'tile-name-text' });
  const label = h('figcaption', { class: 'tile-name' }, icon('screen', true), name);
  const element = h('figure', { class: 'screen', 'data-testid': 'screen', 'data-participant': participant }, video, label);
  const show = ({ person, track }) => {
    const text = `${person?.name ?? 'Somebody'}’s screen`;
    say(name, text);
    set(video, 'aria-label', text);
    play(video, track);
  };
  return Object.assign(element, { show, stop: () => play(video, null) });
}
