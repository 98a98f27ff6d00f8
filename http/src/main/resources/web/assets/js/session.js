// The session WebSocket: authenticates, answers pings, notices silence, and comes back after a loss.
// Events: welcome ({...message, resumed}), any server message by its type, down, lost (code).
import { Emitter } from './emitter.js';
import { waitMs } from './backoff.js';

const SILENCE_MS = 21_000; // Two of the server's pings missed. It gives up after 30 s: going first keeps the call leg alive.
const TRY_MS = 6_000; // For one attempt to reach `welcome`.
const GONE = { 4401: 'badToken', 4404: 'unknownParticipant' };

export class Session extends Emitter {
  #url;
  #token;
  #open;
  #clock;
  #socket = null;
  #attempt = 0;
  #lostAt = null;
  #welcomed = false;
  #over = false;
  #refusal = null;
  #silence = 0;
  #retry = 0;

  /** @param {{url: string, token: string}} ticket  @param openSocket and clock: replaced in tests */
  constructor({ url, token }, openSocket = (address) => new WebSocket(address), clock = globalThis) {
    super();
    this.#url = url;
    this.#token = token;
    this.#open = openSocket;
    this.#clock = clock;
  }

  /** True between `welcome` and the next loss. */
  get up() {
    return this.#welcomed && this.#socket !== null && this.#lostAt === null && !this.#over;
  }

  connect() {
    const socket = this.#open(this.#url);
    this.#socket = socket;
    this.#refusal = null;
    this.#watch(TRY_MS);
    socket.onopen = () => this.#raw({ type: 'authenticate', token: this.#token });
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#closed(code);
  }

  /** Sends a message, or drops it while the connection is down: whatever still matters is said again after `welcome`. */
  send(message) {
    if (this.up) this.#raw(message);
  }

  /** Leaves for good. The call is over here at once; the server's `ended` isn't waited for. */
  leave() {
    this.send({ type: 'leave' });
    this.#finish();
    this.#socket?.close(1000);
  }

  /** Stops without saying goodbye: the server already did. */
  #finish() {
    this.#over = true;
    this.#clock.clearTimeout(this.#silence);
    this.#clock.clearTimeout(this.#retry);
  }

  #raw(message) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #receive(data) {
    if (this.#over) return;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return; // Not ours to repair; silence will end a connection that only talks nonsense.
    }
    if (this.#welcomed || message.type === 'welcome') this.#watch(SILENCE_MS);
    if (message.type === 'ping') return this.#raw({ type: 'pong', id: message.id });
    if (message.type === 'welcome') return this.#welcome(message);
    if (message.fatal && message.code === 'callbridgeUnavailable') {
      this.#refusal = message.code; // The server closes now. Its link to the callbridge may be back in a second, and the call with it.
      return;
    }
    if (message.type === 'ended' || (message.type === 'error' && message.fatal)) this.#finish();
    this.emit(message.type, message);
  }

  #welcome(message) {
    const resumed = this.#welcomed;
    this.#welcomed = true;
    this.#attempt = 0;
    this.#lostAt = null;
    this.emit('welcome', { ...message, resumed });
  }

  #watch(ms) {
    this.#clock.clearTimeout(this.#silence);
    this.#silence = this.#clock.setTimeout(() => this.#closed(4408), ms);
  }

  #closed(code) {
    if (this.#over) return;
    const socket = this.#socket;
    if (socket) {
      // A dead network delivers the close event late or never: this socket must not speak up again.
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#socket = null;
    this.#clock.clearTimeout(this.#silence);
    if (GONE[code]) return this.#giveUp(GONE[code]);
    const now = performance.now();
    if (this.#lostAt === null) {
      this.#lostAt = now;
      this.emit('down', { code });
    }
    const wait = waitMs(this.#attempt++, now - this.#lostAt);
    if (wait === null) return this.#giveUp(this.#refusal ?? 'connectionLost');
    this.#retry = this.#clock.setTimeout(() => this.connect(), wait);
  }

  #giveUp(code) {
    this.#finish();
    this.emit('lost', { code });
  }
}
