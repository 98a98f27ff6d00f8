import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codes, deviceProblem, ending, joinProblem, waitText } from '../../main/resources/web/assets/js/texts.js';
import { titleOf } from '../../main/resources/web/assets/js/view-header.js';

const PROTOCOL = {
  join: 'badRequest wrongPasscode unknownCall requestTimeout full payloadTooLarge unsupportedMediaType locked tooManyAttempts callbridgeUnavailable databaseUnavailable tooBusy',
  ended: 'left removed conferenceEnded callbridgeLost mediaFailed replaced expired timeout serverStopping badToken tokenExpired unknownParticipant authenticationTimeout callbridgeUnavailable internalError',
};

for (const [kind, list] of Object.entries(PROTOCOL)) {
  test(`should have words of its own for every ${kind} code of the protocol`, () => {
    for (const code of list.split(' ')) assert.ok(codes[kind].includes(code), code);
  });
}

test('should say what is wrong and what to do next, with nothing left to fill in', () => {
  const all = [
    ...codes.join.map((code) => joinProblem(code, { meeting: 'the ID 4711', wait: 'in 5 seconds' })),
    ...codes.ended.map((code) => ending(code)),
    ...codes.device.flatMap((code) => ['camera', 'camera and microphone'].map((device) => deviceProblem(code, device))),
  ];
  for (const { title, next } of all) {
    assert.ok(title.length > 8 && next.length > 8, title);
    assert.doesNotMatch(title + next, /[{}]|undefined/);
  }
});

test('should name the meeting that is not there', () => {
  assert.match(joinProblem('unknownCall', { meeting: 'the ID 4711' }).next, /the ID 4711/);
});

test('should fall back to a general text for a code from a newer server', () => {
  assert.equal(joinProblem('newCode').code, 'newCode');
  assert.equal(ending('newCode').rejoin, true);
});

test('should never promise a time that is too early', () => {
  assert.equal(waitText(0.2), 'in 1 second');
  assert.equal(waitText(27), 'in 27 seconds');
  assert.equal(waitText(121), 'in 3 minutes');
  assert.equal(waitText(0), 'now');
});

test('should not say the ID twice where the meeting has no better name', () => {
  assert.equal(titleOf('9999', 'Meeting 9999'), 'Meeting 9999');
  assert.equal(titleOf('123456789', 'Meeting 123 456 789'), 'Meeting 123 456 789');
  assert.equal(titleOf('Team weekly', 'Meeting 1111'), 'Team weekly');
  assert.equal(titleOf('', 'Meeting 1111'), 'Meeting 1111');
});
