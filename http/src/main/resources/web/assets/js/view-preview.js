// One's own picture before the call, with microphone, camera and the level of the microphone.
import { cameraState, control, microphoneState } from './control.js';
import { h, icon, play, say, set } from './dom.js';
import { measure } from './meter.js';
import { initials } from './people.js';
import { pickers } from './pickers.js';
import { deviceProblem } from './texts.js';

/** @param {Local} local @returns {HTMLElement & {named: (name: string) => void, stop: () => void}} */
export function preview(local) {
  const video = h('video', { muted: true, autoplay: true, playsinline: true, 'aria-label': 'Your camera' });
  video.muted = true;
  const avatar = h('span', { class: 'avatar tone-0', 'aria-hidden': 'true' }, icon('people'));
  const words = h('div', { role: 'status' });
  const empty = h('div', { class: 'viewfinder-empty' }, avatar, words);
  const nameTag = h('span', { class: 'viewfinder-name', hidden: true, 'aria-hidden': 'true' });
  const mute = control({ id: 'mute', label: 'Mute', symbol: 'mic', key: 'm', kind: 'glass', onPress: () => local.setAudioMuted(!local.state.audioMuted) });
  const camera = control({ id: 'camera', label: 'Turn camera off', symbol: 'camera', key: 'v', kind: 'glass', onPress: () => local.setVideoMuted(!local.state.videoMuted) });
  const bar = h('span');
  const level = h('div', { class: 'level' }, h('span', {}, 'Microphone'), h('div', { class: 'meter', role: 'img', 'aria-label': 'Microphone level' }, bar));
  const choose = pickers(local);
  const finder = h('div', { class: 'viewfinder' }, empty, video, nameTag, h('div', { class: 'viewfinder-controls' }, mute, camera));
  let measured = null;
  let stopMeter = () => {};

  const show = () => {
    const off = local.state.videoMuted;
    play(video, off ? null : local.camera);
    video.hidden = off;
    nameTag.hidden = off || !nameTag.textContent;
    empty.hidden = !off;
    mute.show(microphoneState(local));
    camera.show(cameraState(local));
    set(finder, 'data-problem', showWords(words, local) && off);
    if (measured === local.microphone) return;
    stopMeter();
    measured = local.microphone;
    stopMeter = measured ? measure(measured, (now) => bar.style.setProperty('transform', `scaleX(${now.toFixed(3)})`)) : () => {};
    level.hidden = !measured;
  };
  const ends = local.on('change', show);
  level.hidden = true;
  show();

  const named = (name) => {
    const text = name.trim();
    avatar.replaceChildren(text ? initials(text) : icon('people'));
    say(nameTag, text);
    show();
  };
  const stop = () => (ends(), stopMeter(), choose.stop(), play(video, null));
  return Object.assign(h('section', { class: 'preview', 'aria-label': 'Your camera and microphone' }, finder, level, choose), { named, stop });
}

/** What stands in place of the picture: why there is none, and how to get one. Answers whether a device is in trouble. */
function showWords(words, local) {
  const { camera, microphone } = local.problems;
  const both = camera && camera === microphone;
  const problem = both
    ? deviceProblem(camera, 'camera and microphone')
    : camera && !local.videoMuted ? deviceProblem(camera, 'camera') : microphone ? deviceProblem(microphone, 'microphone') : null;
  const title = problem?.title ?? (local.starting ? 'Starting your camera…' : 'Your camera is off');
  const next = problem?.next ?? (local.starting ? 'Your browser may ask for permission.' : '');
  if (words.textContent === title + next) return Boolean(problem);
  set(words, 'data-testid', problem ? 'error' : null);
  set(words, 'data-code', problem ? problem.code : null);
  words.replaceChildren(h('strong', {}, title), next);
  return Boolean(problem);
}
