// A call from the join's answer to its end: ties session and media together and keeps what the views show.
// Events: change, announce (text), toast (text), over ({code}).
import { Chat } from './chat.js';
import { Emitter } from './emitter.js';
import { Media } from './media.js';
import { Session } from './session.js';
import { changes, sentence } from './people.js';
import { openScreen } from './devices.js';

const MEDIA_PATIENCE_MS = 15_000; // From the answer, or from a failure, until audio and video have to flow.

export class Call extends Emitter {
  connection = 'connecting'; // connecting | connected | reconnecting
  speaking = new Set();
  lastSpoke = new Map();
  screen = null; // One's own shared screen
  #turn = 0;
  #patience = 0;
  #over = false;

  /** @param {object} ticket the answer of join()  @param {Local} local oneself; stays the caller's to stop  @param {string} name one's own  @param {RTCConfiguration} ice */
  constructor(ticket, local, name, ice) {
    super();
    this.ticket = ticket;
    this.local = local;
    this.you = ticket.participant;
    this.space = ticket.space;
    this.roster = [{ participant: this.you, name, ...local.state, sharing: false, you: true }]; // Until the server tells.
    this.startedAt = performance.now();
    this.session = new Session({ url: ticket.webSocket, token: ticket.token });
    this.chat = new Chat(this.session);
    this.media = new Media(ice, (message) => this.session.send(message));
    this.#listen();
    this.session.connect();
  }

  leave() {
    this.session.leave();
    this.#end('left');
  }

  async toggleShare() {
    if (this.screen) return this.#unshare();
    const stream = await openScreen().catch((failure) => this.emit('toast', `Sharing didn’t start: ${failure.message}`));
    if (!stream) return;
    if (this.#over) return stream.getTracks().forEach((track) => track.stop());
    this.screen = stream;
    stream.getVideoTracks()[0].onended = () => this.#unshare(); // The browser's own "stop sharing" bar.
    this.emit('change');
    await this.media.share(stream);
    this.emit('announce', 'You are sharing your screen');
  }

  async #unshare() {
    this.screen?.getTracks().forEach((track) => track.stop());
    this.screen = null;
    this.emit('change');
    await this.media.unshare();
    this.emit('announce', 'You stopped sharing your screen');
  }

  #listen() {
    const { session, media, local } = this;
    const stop = [local.on('change', () => this.#tellState())];
    this.on('over', () => stop.forEach((one) => one()));
    session.on('welcome', (message) => this.#welcome(message));
    session.on('roster', ({ participants }) => this.#setRoster(participants));
    session.on('speaking', ({ participants }) => this.#setSpeaking(participants));
    session.on('slots', (message) => media.slots(message));
    session.on('answer', (message) => media.answered(message));
    session.on('error', (message) => this.#refused(message));
    session.on('ended', ({ code }) => this.#end(code));
    session.on('lost', ({ code }) => this.#end(code));
    session.on('down', () => this.#become('reconnecting'));
    media.on('connection', (state) => this.#mediaIs(state));
    media.on('streams', () => this.emit('change'));
    media.on('refused', (failure) => this.emit('toast', `Audio or video couldn’t be set up: ${failure.message}`));
  }

  #welcome({ roster, space, resumed }) {
    this.space = space ?? this.space;
    this.#setRoster(roster);
    this.#tellState();
    if (!resumed) {
      this.media.start(this.local.microphone, this.local.camera);
      this.#expectMedia();
    } else {
      this.media.renewed();
      this.#mediaIs(this.media.pc.connectionState);
    }
  }

  #setRoster(roster = []) {
    const { joined, left } = changes(this.roster, roster);
    this.roster = roster;
    const words = [sentence(joined, 'joined'), sentence(left, 'left')].filter(Boolean).join('. ');
    if (words && this.connection === 'connected') this.emit('announce', words);
    this.media.tune(roster.length);
    this.emit('change');
  }

  #setSpeaking(participants) {
    this.speaking = new Set(participants);
    for (const one of [...participants].reverse()) this.lastSpoke.set(one, ++this.#turn);
    this.emit('change');
  }

  #tellState() {
    this.session.send({ type: 'state', ...this.local.state });
    if (!this.media.microphone) return; // The first offer will carry whatever there is by then.
    for (const source of ['microphone', 'camera']) {
      if (this.media[source].sender.track !== this.local[source]) this.media.setTrack(source, this.local[source]);
    }
    this.media.tune(this.roster.length);
    this.emit('change');
  }

  #refused({ code, detail, fatal, inReplyTo }) {
    if (fatal) return this.#end(code);
    if (this.chat.refused({ inReplyTo, detail })) return;
    if (inReplyTo !== undefined && inReplyTo !== null) this.media.refused({ inReplyTo });
    this.emit('toast', detail || 'The server refused something this page sent.');
  }

  #mediaIs(state) {
    if (state === 'connected' && this.session.up) {
      clearTimeout(this.#patience);
      this.#become('connected');
      this.media.tune(this.roster.length);
    }
    if (state === 'disconnected') this.#become('reconnecting');
    if (state === 'failed') {
      this.#become('reconnecting');
      this.#expectMedia();
      this.media.restart();
    }
  }

  #expectMedia() {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      if (!this.session.up || this.media.pc.connectionState === 'connected') return;
      this.session.leave();
      this.#end('mediaFailed');
    }, MEDIA_PATIENCE_MS);
  }

  #become(connection) {
    if (this.connection === connection || this.#over) return;
    const before = this.connection;
    this.connection = connection;
    if (connection === 'reconnecting') this.emit('announce', 'Connection lost. Reconnecting.');
    if (connection === 'connected') this.emit('announce', before === 'reconnecting' ? 'You are back.' : 'You are in the meeting.');
    this.emit('change');
  }

  #end(code) {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#patience);
    this.screen?.getTracks().forEach((track) => track.stop());
    this.media.close();
    this.emit('over', { code });
  }
}
