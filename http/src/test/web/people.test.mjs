import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cameraQuality, changes, inSight, initials, sentence } from '../../main/resources/web/assets/js/people.js';
import { cut, plan } from '../../main/resources/web/assets/js/plan.js';
import { missing, carried, sourcesOf } from '../../main/resources/web/assets/js/slots.js';

const person = (participant, joinedAt, you = false) => ({ participant, name: participant, joinedAt, you });

test('should make initials of any name', () => {
  const names = ['Ada Lovelace', 'thomas', 'Jean-Luc Picard', 'Ольга Ким', '李 小龙', '🙂', '', '  x  '];
  assert.deepEqual(names.map(initials), ['AL', 'T', 'JP', 'ОК', '李小', '?', '?', 'X']);
});

test('should tell who came and who went, but nothing about oneself', () => {
  const [a, b, me] = [person('a', '1'), person('b', '2'), person('me', '3', true)];
  assert.deepEqual(changes([a], [b, me]), { joined: ['b'], left: ['a'] });
  assert.equal(sentence(['Ada', 'Bo', 'Cy'], 'joined'), 'Ada and 2 others joined');
});

test('should show the other one large and oneself in the corner when two meet', () => {
  const roster = [person('me', '1', true), person('a', '2')];
  const { mode, main, corner } = plan({ roster, screens: [], lastSpoke: new Map() });
  assert.deepEqual({ mode, main, corner }, { mode: 'duo', main: ['a'], corner: 'me' });
});

test('should give the stage to the latest shared screen', () => {
  const roster = [person('b', '2'), person('a', '1'), person('me', '3', true)];
  const { mode, screen, others } = plan({ roster, screens: ['a', 'b'], lastSpoke: new Map() });
  assert.deepEqual({ mode, screen, others }, { mode: 'screen', screen: 'b', others: ['a', 'b', 'me'] });
});

test('should bring a speaker into sight in place of the most silent one, leaving the rest where they are', () => {
  const spoke = new Map([['a', 1], ['c', 2], ['e', 3]]);
  assert.deepEqual(inSight(['a', 'b', 'c', 'd', 'e'], spoke, 3), ['a', 'e', 'c']);
  assert.deepEqual(cut(['a', 'b', 'c', 'd', 'e'], spoke, 4), { shown: ['a', 'e', 'c'], hidden: 2 });
});

test('should send less to each the more people look', () => {
  const rates = [2, 5, 12, 25].map((people) => cameraQuality(people, 720).maxBitrate);
  assert.deepEqual(rates, [...rates].sort((x, y) => y - x));
  assert.equal(cameraQuality(25, 720).scaleResolutionDownBy, 4);
  assert.equal(cameraQuality(5, 240).scaleResolutionDownBy, 1);
});

test('should ask for exactly the sections that are missing, and never for more than a page can show', () => {
  assert.deepEqual(missing({ audio: 1, video: 1 }, { audio: 4, video: 2 }), { audio: 3, video: 1 });
  assert.deepEqual(missing({ audio: 5, video: 1 }, { audio: 1, video: 500 }), { audio: 0, video: 39 });
});

test('should turn slots round, skipping the free ones', () => {
  const slots = [
    { mid: '0', kind: 'audio', participant: 'a', source: 'microphone' },
    { mid: '1', kind: 'video', participant: null, source: null },
    { mid: '2', kind: 'video', participant: 'a', source: 'screen' },
  ];
  assert.deepEqual([...carried(slots).get('a')], [['microphone', '0'], ['screen', '2']]);
});

test('should name the sources of sending sections only', () => {
  const section = (mid, direction, source) => ({ mid, direction, source });
  const sections = [section('0', 'sendrecv', 'microphone'), section('1', 'recvonly', 'camera'), section('2', 'sendonly', 'screen'), section('3', 'recvonly')];
  assert.deepEqual(sourcesOf(sections), { 0: 'microphone', 2: 'screen' });
});
