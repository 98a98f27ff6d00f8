// Oneself: microphone and camera, on or off, the same before and during the call.
// Events: change, trouble ({source, code}).
import { Emitter } from './emitter.js';
import { open, openBoth } from './devices.js';
import { remembered, remember } from './memory.js';

export class Local extends Emitter {
  microphone = null; // A track is kept while muted, so that unmuting takes no time.
  camera = null; // A camera that is off is closed: its light goes out.
  problems = { microphone: null, camera: null };
  audioMuted = remembered('audioMuted') === 'true';
  videoMuted = remembered('videoMuted') === 'true';
  chosen = { microphone: remembered('microphone'), camera: remembered('camera'), speaker: remembered('speaker') };
  starting = true;
  #stopped = false;

  /** Asks for the devices, the first time. Ends with `starting` false, whatever came of it. */
  async start() {
    const { microphone, camera } = this.videoMuted
      ? { microphone: await open('microphone', this.chosen.microphone), camera: null }
      : await openBoth(this.chosen);
    this.#take('microphone', microphone);
    if (camera) this.#take('camera', camera);
    this.starting = false;
    this.emit('change');
  }

  /** What the others are told. Without a device one is muted, whatever the button says. */
  get state() {
    return { audioMuted: this.audioMuted || !this.microphone, videoMuted: this.videoMuted || !this.camera };
  }

  async setAudioMuted(muted) {
    this.audioMuted = muted;
    remember('audioMuted', muted);
    if (!muted && !this.microphone) await this.use('microphone', this.chosen.microphone);
    else this.#apply();
  }

  async setVideoMuted(muted) {
    this.videoMuted = muted;
    remember('videoMuted', muted);
    if (!muted && !this.camera) await this.use('camera', this.chosen.camera);
    else if (muted) this.#drop('camera');
    this.#apply();
  }

  /** Opens a device, the chosen one, and closes the one before. A device chosen while off is opened when switched on. */
  async use(source, id) {
    this.chosen[source] = id;
    if (id) remember(source, id);
    if (source === 'camera' && this.videoMuted) return this.emit('change');
    // Some systems let a camera be opened only once, so the old one goes first.
    if (source === 'camera') this.#drop('camera');
    this.#take(source, await open(source, id, true));
    this.#apply();
  }

  chooseSpeaker(id) {
    this.chosen.speaker = id;
    remember('speaker', id);
    this.emit('change');
  }

  stop() {
    this.#stopped = true;
    this.#drop('microphone');
    this.#drop('camera');
  }

  #take(source, opened) {
    const failed = opened.code !== undefined;
    if (failed) {
      this.problems[source] = opened.code;
      this.emit('trouble', { source, code: opened.code });
      return;
    }
    if (this.#stopped) return opened.stop(); // The permission came when the person had already left.
    this.#drop(source);
    this.problems[source] = null;
    this[source] = opened;
    opened.enabled = source === 'camera' || !this.audioMuted;
    opened.onended = () => this.#unplugged(source, opened);
  }

  async #unplugged(source, track) {
    if (this[source] !== track) return;
    this.#drop(source);
    this.emit('trouble', { source, code: 'notFound' });
    await this.use(source, ''); // Another one may be there, as with a headset that was pulled out.
  }

  #drop(source) {
    const track = this[source];
    this[source] = null;
    if (!track) return;
    track.onended = null;
    track.stop();
  }

  #apply() {
    if (this.microphone) this.microphone.enabled = !this.audioMuted;
    this.emit('change');
  }
}
