// Which cameras, microphones and speakers there are, and opening them. Problems come back as codes of texts.js.
import { captureSize } from './people.js';

const WORD = { audioinput: 'Microphone', videoinput: 'Camera', audiooutput: 'Speaker' };

/** Whether a page at this address may ask for devices at all. */
export const canCapture = () => Boolean(globalThis.isSecureContext && navigator.mediaDevices?.getUserMedia);
export const canShare = () => Boolean(globalThis.isSecureContext && navigator.mediaDevices?.getDisplayMedia);
export const canChooseSpeaker = () => 'setSinkId' in HTMLMediaElement.prototype;

/** @returns {Promise<Array<{id: string, label: string}>>} the devices of a kind; nameless ones get a number */
export async function list(kind) {
  const all = (await navigator.mediaDevices?.enumerateDevices?.().catch(() => [])) ?? [];
  const some = all.filter((device) => device.kind === kind && device.deviceId !== '');
  return some.map(({ deviceId, label }, at) => ({ id: deviceId, label: label || `${WORD[kind]} ${at + 1}` }));
}

/**
 * Opens microphone and camera with one question to the person where possible.
 * @returns {Promise<{microphone: MediaStreamTrack|{code: string}, camera: MediaStreamTrack|{code: string}}>}
 */
export async function openBoth(chosen) {
  if (!canCapture()) return { microphone: { code: 'insecureContext' }, camera: { code: 'insecureContext' } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: microphone(chosen.microphone), video: camera(chosen.camera) });
    return { microphone: stream.getAudioTracks()[0], camera: stream.getVideoTracks()[0] };
  } catch (failure) {
    // Asking again after a plain "no" would be rude; but where one of the two is the trouble, the other one may work.
    if (codeOf(failure) === 'permissionDenied' && !(await eitherGranted())) {
      return { microphone: { code: 'permissionDenied' }, camera: { code: 'permissionDenied' } };
    }
    return { microphone: await open('microphone', chosen.microphone), camera: await open('camera', chosen.camera) };
  }
}

/**
 * Opens one device.
 * @param {string} id of the device to prefer; '' for the browser's choice
 * @param {boolean} only true when the person picked it just now: then nothing else will do, unless it is gone
 * @returns {Promise<MediaStreamTrack|{code: string}>}
 */
export async function open(source, id, only = false) {
  if (!canCapture()) return { code: 'insecureContext' };
  const how = only && id ? 'exact' : 'ideal';
  const wanted = source === 'camera' ? { video: camera(id, how) } : { audio: microphone(id, how) };
  try {
    return (await navigator.mediaDevices.getUserMedia(wanted)).getTracks()[0];
  } catch (failure) {
    if (how === 'exact' && codeOf(failure) === 'notFound') return open(source, id);
    return { code: codeOf(failure) };
  }
}

/** Lets the person choose what to share. Null when they think better of it. */
export async function openScreen() {
  try {
    return await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: true });
  } catch (failure) {
    if (failure.name === 'NotAllowedError' || failure.name === 'AbortError') return null;
    throw failure;
  }
}

export function codeOf(failure) {
  if (failure.name === 'NotAllowedError' || failure.name === 'SecurityError') return 'permissionDenied';
  if (failure.name === 'NotFoundError' || failure.name === 'OverconstrainedError') return 'notFound';
  if (failure.name === 'NotReadableError' || failure.name === 'AbortError') return 'inUse';
  return 'failed';
}

async function eitherGranted() {
  const query = (name) => navigator.permissions.query({ name }).then(({ state }) => state === 'granted');
  return Promise.all([query('camera'), query('microphone')]).then((both) => both.includes(true), () => false);
}

function microphone(id, how = 'ideal') {
  return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(id ? { deviceId: { [how]: id } } : {}) };
}

function camera(id, how = 'ideal') {
  const { width, height } = captureSize(navigator.hardwareConcurrency ?? 4);
  return { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 }, ...(id ? { deviceId: { [how]: id } } : {}) };
}
