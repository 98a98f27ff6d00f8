// The one peer connection: what is sent, what is received on which section, and when to offer again.
// Events: streams (what arrives changed), connection (RTCPeerConnection's state), refused (an offer was).
import { Emitter } from './emitter.js';
import { OfferQueue } from './offers.js';
import { carried, missing, sourcesOf } from './slots.js';
import { cameraQuality } from './people.js';

const CODEC = { audio: 'audio/opus', video: 'video/vp8' };

export class Media extends Emitter {
  #sources = new Map(); // transceiver → what it sends
  #slots = [];
  #tuned = Promise.resolve();
  #offers;

  /** @param {RTCConfiguration} ice which ways to the server may be tried  @param {(message: object) => void} send */
  constructor(ice, send) {
    super();
    this.pc = new RTCPeerConnection({ ...ice, bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    this.pc.addEventListener('connectionstatechange', () => this.emit('connection', this.pc.connectionState));
    this.#offers = new OfferQueue({
      prepare: () => this.#prepare(),
      send,
      apply: (sdp) => this.pc.setRemoteDescription({ type: 'answer', sdp }).then(() => this.emit('streams')),
      undo: () => this.#rollback(),
    });
  }

  /**
   * The sections of the own devices, which also receive (without a device they only receive), and a second pair to receive on. Two of a kind from
   * the start: as long as Firefox knows only one section with a payload type, packets of a new slot that overtake their answer are taken for that one's,
   * and the section they belong to stays silent for good.
   */
  start(microphone, camera) {
    this.microphone = this.#section('audio', 'microphone', microphone);
    this.camera = this.#section('video', 'camera', camera);
    this.#section('audio', null, null, 'recvonly');
    this.#section('video', null, null, 'recvonly');
    return this.negotiate();
  }

  /** Replaces what is sent. Only the first track of a section needs a new offer; later ones take its place silently. */
  async setTrack(source, track) {
    const section = this[source];
    await section.sender.replaceTrack(track);
    if (!track || section.direction === 'sendrecv') return;
    section.direction = 'sendrecv';
    await this.negotiate();
  }

  /** Adds the sections of a shared screen, or wakes those of an earlier one. */
  async share(stream) {
    for (const [source, track] of [['screen', stream.getVideoTracks()[0]], ['screenAudio', stream.getAudioTracks()[0]]]) {
      if (!track) continue;
      this[source] ??= this.#section(track.kind, source, null, 'inactive');
      this[source].direction = 'sendonly';
      if (track.kind === 'video') track.contentHint = 'detail';
      await this[source].sender.replaceTrack(track);
    }
    await this.negotiate();
  }

  async unshare() {
    for (const section of [this.screen, this.screenAudio]) {
      if (!section) continue;
      section.direction = 'inactive';
      await section.sender.replaceTrack(null);
    }
    await this.negotiate();
  }

  /** Takes a `slots` message: remembers what is where, and offers more sections where there is more to receive. */
  async slots({ slots, wanted }) {
    this.#slots = slots;
    this.emit('streams');
    const receiving = this.pc.getTransceivers().filter(({ direction }) => direction.endsWith('recv') || direction === 'recvonly');
    const have = (kind) => receiving.filter(({ receiver }) => receiver.track.kind === kind).length;
    const more = missing({ audio: have('audio'), video: have('video') }, wanted);
    for (const kind of ['audio', 'video']) for (let i = 0; i < more[kind]; i++) this.#section(kind, null, null, 'recvonly');
    if (more.audio + more.video > 0) await this.negotiate();
  }

  /** @returns {Map<string, Map<string, MediaStreamTrack>>} participant → source → the track that arrives */
  received() {
    const byMid = new Map(this.pc.getTransceivers().map((section) => [section.mid, section.receiver.track]));
    const people = new Map();
    for (const [participant, sources] of carried(this.#slots)) {
      const tracks = [...sources].map(([source, mid]) => [source, byMid.get(mid)]).filter(([, track]) => track);
      people.set(participant, new Map(tracks));
    }
    return people;
  }

  /** Fits the camera's bitrate and size to the number of people who look at it. */
  tune(people) {
    // One after the other: parameters read before an earlier change took effect are refused.
    this.#tuned = this.#tuned.then(() => this.#tune(people)).catch(() => {}); // An engine that cannot tune still sends.
  }

  async #tune(people) {
    const sender = this.camera?.sender;
    const parameters = sender?.getParameters();
    if (!parameters?.encodings?.length || !sender.track) return;
    const quality = cameraQuality(people, sender.track.getSettings().height ?? 360);
    const now = parameters.encodings[0];
    if (Object.entries(quality).every(([key, value]) => now[key] === value)) return;
    Object.assign(now, quality);
    await sender.setParameters(parameters);
  }

  negotiate = () => this.#offers.request().catch((failure) => this.emit('refused', failure));
  answered = ({ inReplyTo, sdp }) => this.#offers.answered(inReplyTo, sdp).catch((failure) => this.emit('refused', failure));
  refused = ({ inReplyTo }) => this.#offers.refused(inReplyTo);
  renewed = () => this.#offers.renewed();

  /** New ICE credentials: the way out when the path died, for example after a change of network. */
  restart() {
    this.pc.restartIce();
    return this.negotiate();
  }

  close() {
    this.pc.close();
  }

  async #prepare() {
    // No trickling and no waiting: the server is ICE-lite and learns this side's addresses from its checks.
    await this.pc.setLocalDescription();
    const sections = this.pc.getTransceivers().map((section) => {
      return { mid: section.mid, direction: section.direction, source: this.#sources.get(section) };
    });
    return { sdp: this.pc.localDescription.sdp, sources: sourcesOf(sections) };
  }

  async #rollback() {
    if (this.pc.signalingState === 'have-local-offer') await this.pc.setLocalDescription({ type: 'rollback' });
  }

  #section(kind, source, track, direction = track ? 'sendrecv' : 'recvonly') {
    const section = this.pc.addTransceiver(track ?? kind, { direction });
    if (source) this.#sources.set(section, source);
    // One codec of each kind is taken; offering only that keeps an offer for a full room under the server's size limit.
    const wanted = RTCRtpReceiver.getCapabilities?.(kind)?.codecs.filter(({ mimeType }) => mimeType.toLowerCase() === CODEC[kind]);
    if (wanted?.length && section.setCodecPreferences) section.setCodecPreferences(wanted);
    return section;
  }
}
