import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chat } from '../../main/resources/web/assets/js/chat.js';
import { continues, dayLine, keptWords, pieces, spoken } from '../../main/resources/web/assets/js/chat-list.js';
import { Emitter } from '../../main/resources/web/assets/js/emitter.js';

class FakeSession extends Emitter {
  up = true;
  sent = [];
  send(message) {
    this.sent.push(message);
  }
}

const from = (name) => ({ name, participant: name, kind: 'participant' });
const said = (id, text, more = {}) => ({ id, from: from('Ada'), text, at: '2026-11-25T12:00:00Z', you: false, inReplyTo: null, ...more });

function chatting(history = []) {
  const session = new FakeSession();
  const clock = { due: new Set(), setTimeout: (run) => (clock.due.add(run), run), clearTimeout: (run) => clock.due.delete(run) };
  const chat = new Chat(session, clock);
  session.emit('chatHistory', { on: true, kept: 100, longest: 4000, messages: history });
  return { session, chat, clock, texts: () => chat.messages.map(({ text, state }) => `${text} ${state}`) };
}

test('should show a message as sent when the server has said it, and no earlier', () => {
  const { session, chat, texts } = chatting();
  chat.say('  hello ');
  assert.deepEqual(texts(), ['hello sending']);
  const { id, text } = session.sent[0];
  assert.equal(text, 'hello');
  session.emit('chat', said('1', 'before you'));
  session.emit('chat', said('2', 'hello', { you: true, inReplyTo: id }));
  assert.deepEqual(texts(), ['before you sent', 'hello sent']);
});

test('should say at the message that it was not sent, and send it again', () => {
  const { session, chat, texts } = chatting();
  chat.say('hello');
  assert.equal(chat.refused({ inReplyTo: 1, detail: 'an offer' }), false);
  assert.equal(chat.refused({ inReplyTo: session.sent[0].id, detail: 'too long' }), true);
  assert.equal(chat.messages[0].failure, 'too long');
  chat.retry(chat.messages[0]);
  assert.deepEqual(texts(), ['hello sending']);
  assert.equal(session.sent.length, 2);
});

test('should not wait for ever for an answer, and take one that comes late', () => {
  const { session, chat, clock, texts } = chatting();
  chat.say('hello');
  clock.due.forEach((run) => run());
  assert.deepEqual(texts(), ['hello failed']);
  assert.equal(clock.due.size, 0);
  session.emit('chat', said('1', 'hello', { you: true, inReplyTo: session.sent[0].id }));
  assert.deepEqual(texts(), ['hello sent']);
});

test('should keep what is typed while there is no connection', () => {
  const { session, chat, texts } = chatting();
  session.up = false;
  chat.say('hello');
  assert.deepEqual(texts(), ['hello failed']);
  assert.equal(session.sent.length, 0);
});

test('should learn after a reconnection what got there and what was missed', () => {
  const { session, chat, texts } = chatting([said('1', 'one')]);
  chat.say('got there');
  chat.say('lost');
  session.emit('chatHistory', { on: true, kept: 100, longest: 4000, messages: [said('1', 'one'), said('2', 'got there', { you: true }), said('3', 'missed')] });
  assert.deepEqual(texts(), ['one sent', 'got there sent', 'missed sent', 'lost failed']);
  assert.equal(chat.unread, 1);
});

test('should count what is unread while the panel is closed', () => {
  const { session, chat } = chatting([said('1', 'old')]);
  assert.equal(chat.unread, 0);
  session.emit('chat', said('2', 'new'));
  session.emit('chat', said('2', 'new'));
  assert.equal(chat.unread, 1);
  chat.open = true;
  session.emit('chat', said('3', 'newer'));
  assert.equal(chat.unread, 0);
});

test('should make links of addresses, and of nothing else', () => {
  const links = (text) => pieces(text).filter(({ href }) => href).map(({ href }) => href);
  assert.deepEqual(links('See https://example.org/a?b=c, or (http://example.org/x_(y)).'), ['https://example.org/a?b=c', 'http://example.org/x_(y)']);
  assert.deepEqual(links('javascript:alert(1) data:text/html,x file:///etc https:// www.example.org'), []);
  assert.deepEqual(links('https://example.org/"onclick="x'), ['https://example.org/']);
  assert.equal(pieces('a <b> https://example.org.\nc').map(({ text }) => text).join(''), 'a <b> https://example.org.\nc');
});

test('should name the sender again after a pause, another sender or another day', () => {
  const at = (time, name = 'Ada') => said('x', 'x', { at: `2026-11-25T${time}`, from: from(name) });
  assert.equal(continues(at('12:00:00'), at('12:02:00')), true);
  assert.equal(continues(at('12:00:00'), at('12:04:00')), false);
  assert.equal(continues(at('12:00:00'), at('12:00:01', 'Bob')), false);
  assert.equal(continues(undefined, at('12:00:00')), false);
});

test('should name the day where it changes', () => {
  const now = new Date('2026-11-25T12:00:00');
  const on = (day) => said('x', 'x', { at: `${day}T10:00:00` });
  assert.equal(dayLine(undefined, on('2026-11-25'), now), '');
  assert.equal(dayLine(on('2026-11-24'), on('2026-11-25'), now), 'Today');
  assert.equal(dayLine(undefined, on('2026-11-24'), now), 'Yesterday');
  assert.equal(dayLine(on('2026-11-24'), on('2026-11-24'), now), '');
});

test('should say a message in one line, and what is kept', () => {
  assert.equal(spoken(said('1', 'a\nb')), 'Ada: a b');
  assert.match(keptWords(0), /not kept/);
  assert.match(keptWords(100), /last 100 are kept/);
});
