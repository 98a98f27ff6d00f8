// The meeting's chat as this page knows it: what was said, what is on its way, who is in by chat only. No DOM.
// Events: change, heard (a message of somebody else).
import { Emitter } from './emitter.js';

// Far above the numbers of offers, whose errors are told apart by number too.
const FIRST_NUMBER = 1_000_000_000;
const MOST_MESSAGES = 500;
const ANSWER_MS = 15_000; // The server answers sooner even when its database is away.
const SILENT = 'Not sent: the server does not answer.';
const OFFLINE = 'Not sent: there is no connection at the moment.';

export class Chat extends Emitter {
  available = false; // Whether the meeting has a chat; known a moment after the welcome.
  kept = 0;
  longest = 4000;
  people = []; // Names of those who are in by chat only
  messages = []; // {id, from, text, at, you, state: sent | sending | failed, number, failure}
  unread = 0;
  #open = false;
  #number = FIRST_NUMBER;
  #session;
  #clock;

  /** @param {Session} session  @param clock replaced in tests */
  constructor(session, clock = globalThis) {
    super();
    this.#session = session;
    this.#clock = clock;
    session.on('chatHistory', (message) => this.#history(message));
    session.on('chat', (message) => this.#said(message));
    session.on('chatPeople', ({ people }) => {
      this.people = people.map(({ name }) => name);
      this.emit('change');
    });
  }

  /** While the panel is open, everything counts as read. */
  set open(open) {
    this.#open = open;
    if (open) this.unread = 0;
    this.emit('change');
  }

  /** Sends the text; until the server says that it is said, it stands at the end as `sending`. */
  say(text) {
    const message = { id: `own ${++this.#number}`, number: this.#number, from: {}, text: text.trim(), at: new Date().toISOString(), you: true };
    if (!message.text) return;
    this.messages.push(message);
    this.#send(message);
  }

  /** Sends a message again that could not be sent. */
  retry(message) {
    this.messages = [...this.messages.filter((one) => one !== message), message];
    message.at = new Date().toISOString();
    this.#send(message);
  }

  /** Whether the error was about a message of the chat; it is then shown there. */
  refused({ inReplyTo, detail }) {
    const message = this.messages.find(({ number, state }) => number !== undefined && number === inReplyTo && state === 'sending');
    if (message) this.#fail(message, detail);
    return Boolean(message);
  }

  #send(message) {
    message.state = 'sending';
    message.failure = null;
    if (!this.#session.up) return this.#fail(message, OFFLINE);
    this.#session.send({ type: 'chat', id: message.number, text: message.text });
    this.#clock.clearTimeout(message.patience);
    message.patience = this.#clock.setTimeout(() => message.state === 'sending' && this.#fail(message, SILENT), ANSWER_MS);
    this.emit('change');
  }

  #fail(message, failure) {
    this.#clock.clearTimeout(message.patience);
    message.state = 'failed';
    message.failure = failure;
    this.emit('change');
  }

  #said({ inReplyTo, ...message }) {
    if (this.messages.some(({ id }) => id === message.id)) return;
    const own = inReplyTo ? this.messages.findIndex(({ number }) => number === inReplyTo) : -1;
    if (own >= 0) this.#clock.clearTimeout(this.messages.splice(own, 1)[0].patience);
    this.#add(message);
    if (!message.you) {
      if (!this.#open) this.unread++;
      this.emit('heard', message);
    }
    this.emit('change');
  }

  /** Comes at first, and again after each reconnection: with what was missed meanwhile. */
  #history({ on, kept, longest, messages }) {
    Object.assign(this, { available: on, kept, longest });
    const known = new Set(this.messages.map(({ id }) => id));
    const first = this.messages.length === 0;
    for (const message of messages.filter(({ id }) => !known.has(id))) {
      const own = message.you && this.messages.findIndex(({ state, text }) => state === 'sending' && text === message.text);
      if (message.you && own >= 0) this.#clock.clearTimeout(this.messages.splice(own, 1)[0].patience);
      this.#add(message);
      if (!message.you && !first && !this.#open) this.unread++;
    }
    // Whether these got there before the connection broke is known now: they did not.
    this.messages.filter(({ state }) => state === 'sending').forEach((message) => this.#fail(message, OFFLINE));
    this.emit('change');
  }

  /** In the order in which they were said, before what is not said yet. */
  #add(message) {
    const at = this.messages.findIndex(({ state }) => state !== 'sent');
    this.messages.splice(at < 0 ? this.messages.length : at, 0, { ...message, state: 'sent' });
    if (this.messages.length > MOST_MESSAGES) this.messages.shift();
  }
}
