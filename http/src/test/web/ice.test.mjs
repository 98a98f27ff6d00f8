import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iceConfiguration } from '../../main/resources/web/assets/js/ice.js';

const UDP = 'turn:edge.example.org:3478?transport=udp';
const TCP = 'turn:edge.example.org:3478?transport=tcp';
const TLS = 'turns:edge.example.org:443?transport=tcp';
const ticket = {
  iceServers: [{ urls: ['stun:edge.example.org:3478'] }, { urls: [UDP, TCP, TLS], username: 'u', credential: 'c' }],
  iceTransportPolicy: 'all',
};

test('the join’s answer is taken as it is', () => {
  assert.deepEqual(iceConfiguration(ticket, ''), ticket);
  assert.deepEqual(iceConfiguration({ ...ticket, iceTransportPolicy: 'relay' }, '?secret=x').iceTransportPolicy, 'relay');
  assert.deepEqual(iceConfiguration({}, ''), { iceServers: [], iceTransportPolicy: 'all' });
});

test('a tab can insist on the relay', () => {
  assert.deepEqual(iceConfiguration(ticket, '?ice=relay'), {
    iceServers: [{ urls: [UDP, TCP, TLS], username: 'u', credential: 'c' }],
    iceTransportPolicy: 'relay',
  });
});

for (const [way, url] of [['udp', UDP], ['tcp', TCP], ['tls', TLS]]) {
  test(`and on the way to it: ${way}`, () => {
    const { iceServers, iceTransportPolicy } = iceConfiguration(ticket, `?secret=x&ice=relay-${way}`);
    assert.deepEqual(iceServers, [{ urls: [url], username: 'u', credential: 'c' }]);
    assert.equal(iceTransportPolicy, 'relay');
  });
}

test('other words change nothing', () => {
  assert.deepEqual(iceConfiguration(ticket, '?ice=all'), ticket);
  assert.deepEqual(iceConfiguration({ ...ticket, iceTransportPolicy: 'relay' }, '?ice=all').iceTransportPolicy, 'relay');
});
