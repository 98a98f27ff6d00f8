import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GIVE_UP_MS, waitMs } from '../../main/resources/web/assets/js/backoff.js';
import { OfferQueue } from '../../main/resources/web/assets/js/offers.js';
import { Session } from '../../main/resources/web/assets/js/session.js';

/** Sockets and timers under the test's hand. */
function world() {
  const sockets = [];
  const timers = new Map();
  let next = 0;
  const open = (url) => {
    const socket = { url, sent: [], readyState: 1, send: (text) => socket.sent.push(JSON.parse(text)), close: () => (socket.readyState = 3) };
    sockets.push(socket);
    return socket;
  };
  const clock = { setTimeout: (run, ms) => (timers.set(++next, { run, ms }), next), clearTimeout: (id) => timers.delete(id) };
  const fire = () => {
    const [[id, { run, ms }]] = timers;
    timers.delete(id);
    run();
    return ms;
  };
  const session = new Session({ url: 'ws://host/api/session', token: 'secret' }, open, clock);
  const events = [];
  for (const name of ['welcome', 'down', 'lost', 'ended', 'roster']) session.on(name, (payload) => events.push([name, payload?.code ?? payload?.resumed]));
  const hear = (message) => sockets.at(-1).onmessage({ data: JSON.stringify(message) });
  return { session, sockets, events, fire, hear, timers };
}

function connected() {
  const all = world();
  all.session.connect();
  all.sockets[0].onopen();
  all.hear({ type: 'welcome' });
  return all;
}

test('should authenticate first and answer pings with the same id', () => {
  const { sockets, hear } = connected();
  hear({ type: 'ping', id: 7 });
  assert.deepEqual(sockets[0].sent, [{ type: 'authenticate', token: 'secret' }, { type: 'pong', id: 7 }]);
});

test('should come back with the same token after a loss', () => {
  const { session, sockets, events, fire, hear } = connected();
  sockets[0].onclose({ code: 1006 });
  assert.equal(session.up, false);
  assert.ok(fire() < 500);
  sockets[1].onopen();
  hear({ type: 'welcome' });
  assert.equal(session.up, true);
  assert.deepEqual(sockets[1].sent, [{ type: 'authenticate', token: 'secret' }]);
  assert.deepEqual(events, [['welcome', false], ['down', 1006], ['welcome', true]]);
});

test('should notice a server that fell silent, and ignore its late close', () => {
  const { sockets, events, fire } = connected();
  const ms = fire();
  assert.ok(ms > 20_000 && ms < 30_000);
  assert.deepEqual(events.at(-1), ['down', 4408]);
  assert.equal(sockets[0].onclose, null);
});

test('should not come back after the end, nor once the call leg is gone', () => {
  const ended = connected();
  ended.hear({ type: 'ended', code: 'removed' });
  ended.sockets[0].onclose?.({ code: 1000 });
  assert.equal(ended.timers.size, 0);
  assert.deepEqual(ended.events.at(-1), ['ended', 'removed']);
  const gone = connected();
  gone.sockets[0].onclose({ code: 4404 });
  assert.deepEqual(gone.events.at(-1), ['lost', 'unknownParticipant']);
});

const UNAVAILABLE = { type: 'error', code: 'callbridgeUnavailable', fatal: true };

test('should come back when the link behind the server broke', () => {
  const { session, sockets, events, fire, hear } = connected();
  hear(UNAVAILABLE);
  sockets[0].onclose({ code: 4503 });
  assert.ok(fire() < 500);
  sockets[1].onopen();
  hear({ type: 'welcome' });
  assert.equal(session.up, true);
  assert.deepEqual(events, [['welcome', false], ['down', 4503], ['welcome', true]]);
});

test('should say that the meeting server can’t be reached when the link stays away', (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const { sockets, events, fire, hear } = connected();
  sockets[0].onclose({ code: 1006 });
  fire();
  now += GIVE_UP_MS;
  hear(UNAVAILABLE);
  sockets[1].onclose({ code: 4503 });
  assert.deepEqual(events.at(-1), ['lost', 'callbridgeUnavailable']);
});

test('should survive garbage', () => {
  const { sockets, session } = connected();
  sockets[0].onmessage({ data: '{nonsense' });
  assert.equal(session.up, true);
});

test('should make most tries within the five seconds that the server waits, and give up in the end', () => {
  let lost = 0;
  let attempts = 0;
  while (lost < 5_000) lost += waitMs(attempts++, lost, () => 0.999);
  assert.ok(attempts >= 5, String(attempts));
  assert.equal(waitMs(attempts, GIVE_UP_MS), null);
});

function queue() {
  const log = [];
  let made = 0;
  const steps = { prepare: async () => ({ sdp: `offer ${++made}`, sources: {} }), send: ({ id, sdp }) => log.push(`send ${id} ${sdp}`), apply: async (sdp) => log.push(`apply ${sdp}`), undo: async () => log.push('undo') };
  return { log, offers: new OfferQueue(steps) };
}

test('should make one more offer after the answer, however often something changed meanwhile', async () => {
  const { log, offers } = queue();
  await offers.request();
  await Promise.all([offers.request(), offers.request(), offers.request()]);
  await offers.answered(1, 'a');
  await offers.answered(2, 'b');
  assert.deepEqual(log, ['send 1 offer 1', 'apply a', 'send 2 offer 2', 'apply b']);
});

test('should ignore a late answer, and not repeat a refused offer', async () => {
  const { log, offers } = queue();
  await offers.request();
  assert.equal(await offers.answered(99, 'x'), false);
  await offers.refused(1);
  assert.deepEqual(log, ['send 1 offer 1', 'undo']);
});

test('should offer again after a reconnection when the answer was still missing', async () => {
  const { log, offers } = queue();
  await offers.request();
  await offers.renewed();
  assert.deepEqual(log, ['send 1 offer 1', 'undo', 'send 2 offer 2']);
});
