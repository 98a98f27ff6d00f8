import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinBody, refusal, socketUrl } from '../../main/resources/web/assets/js/join.js';
import { actionFor, SHORTCUTS } from '../../main/resources/web/assets/js/keys.js';
import { invitation, meetingOf, pathFor, readableId } from '../../main/resources/web/assets/js/route.js';

test('should read the meeting from the address', () => {
  assert.deepEqual(meetingOf('/meeting/9999', ''), { callId: '9999' });
  assert.deepEqual(meetingOf('/meeting/9999/', '?secret=a%20b'), { secret: 'a b' });
  assert.deepEqual(meetingOf('/meeting/team%40example.org', ''), { uri: 'team@example.org' });
  assert.equal(meetingOf('/meeting/', ''), null);
  assert.deepEqual(meetingOf('/meeting/50%', ''), { uri: '50%' });
});

test('should keep the secret in the invitation and drop everything else', () => {
  assert.equal(invitation('https://h', '/meeting/9999', '?x=1&secret=s+t'), 'https://h/meeting/9999?secret=s%20t');
});

test('should understand IDs as people type them, and whole links', () => {
  assert.equal(pathFor(' 123 456-789 '), '/meeting/123456789');
  assert.equal(pathFor('https://else.example/meeting/42?secret=x'), '/meeting/42?secret=x');
  assert.equal(pathFor('team@example.org'), '/meeting/team%40example.org');
  assert.equal(pathFor('no such thing'), null);
  assert.equal(readableId('123456789'), '123 456 789');
});

test('should send exactly what the join takes', () => {
  assert.deepEqual(joinBody({ secret: 's' }, ' Ada ', ''), { name: 'Ada', secret: 's' });
  assert.deepEqual(joinBody({ callId: '1' }, 'Ada', 'p'), { name: 'Ada', callId: '1', passcode: 'p' });
});

test('should ask for a passcode first and call it wrong only once one was sent', () => {
  assert.equal(refusal(403, { code: 'wrongPasscode' }, null, false).code, 'passcodeNeeded');
  assert.equal(refusal(403, { code: 'wrongPasscode' }, null, true).code, 'wrongPasscode');
});

test('should take the wait from the body or the header, and a code from the status where no body tells it', () => {
  assert.equal(refusal(429, { code: 'tooManyAttempts', retryAfterSeconds: 27 }, '30', true).retryAfterSeconds, 27);
  assert.deepEqual([refusal(429, null, '30', true).code, refusal(429, null, '30', true).retryAfterSeconds], ['tooManyAttempts', 30]);
  assert.equal(refusal(500, null, null, false).code, 'internalError');
  assert.equal(refusal(404, { code: 'unknownCall', retryAfterSeconds: null }, null, false).retryAfterSeconds, null);
});

test('should resolve the WebSocket against the address that was posted to', () => {
  assert.equal(socketUrl('/api/session', 'https://h:8443/api/join'), 'wss://h:8443/api/session');
  assert.equal(socketUrl('ws://other/x', 'http://h/api/join'), 'ws://other/x');
});

test('should run shortcuts only where letters are not text', () => {
  const press = (key, more = {}) => ({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more });
  assert.equal(actionFor(press('m'), false), 'mute');
  assert.equal(actionFor(press('m'), true), null);
  assert.equal(actionFor(press('m', { ctrlKey: true }), false), null);
  assert.equal(actionFor(press('L', { shiftKey: true }), false), 'leave');
  assert.equal(actionFor(press('l'), false), null);
  assert.equal(actionFor(press('?', { shiftKey: true }), false), 'help');
  assert.equal(new Set(SHORTCUTS.map(({ key }) => key)).size, SHORTCUTS.length);
});
