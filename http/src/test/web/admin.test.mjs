import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const admin = new URL('../../main/resources/web/admin/', import.meta.url);
const { ask, askAll } = await import(new URL('js/api.js', admin));
const { changes, missing, problems } = await import(new URL('js/settings.js', admin));
const { STEPS, view, when } = await import(new URL('js/registration.js', admin));
const read = (path) => readFileSync(new URL(path, admin), 'utf8');
const scripts = readdirSync(new URL('js/', admin));

const EMPTY = { uniqueName: '', domain: '', serverAddressOverride: '', sharedSecret: '', confirmation: '', removeSecret: false };
const NOW = Date.parse('2026-11-21T10:01:00Z');

function answering(...answers) {
  const asked = [];
  const fetcher = async (path, options) => {
    asked.push({ path, ...options });
    const { status = 200, body = '' } = answers[asked.length - 1];
    return { ok: status < 400, status, headers: new Map(), text: async () => body };
  };
  return { asked, fetcher };
}

test('should send form-encoded parameters and a header that no other site can set', async () => {
  const { asked, fetcher } = answering({});
  const answer = await ask('PUT', '/x', { a: 'b c', d: '' }, fetcher);
  assert.equal(answer.ok, true);
  assert.equal(String(asked[0].body), 'a=b+c&d=');
  assert.equal(asked[0].headers['X-Requested-With'], 'convoke-admin');
  assert.equal(asked[0].credentials, 'same-origin');
});

test('should say in words what is wrong, and with which parameter', async () => {
  const refused = answering({ status: 400, body: '{"parameter":"domain","detail":"No."}' });
  assert.deepEqual((await ask('PUT', '/x', {}, refused.fetcher)).problem, { parameter: 'domain', words: 'No.' });
  const away = answering({ status: 503, body: '<xml/>' });
  assert.match((await ask('GET', '/x', null, away.fetcher)).problem.words, /database/);
  const gone = await ask('GET', '/x', null, async () => {
    throw new TypeError('no network');
  });
  assert.equal(gone.ok, false);
  assert.match(gone.problem.words, /did not answer/);
});

test('should fetch all pages of a list', async () => {
  const { asked, fetcher } = answering({ body: '{"total":3,"things":[1,2]}' }, { body: '{"total":3,"things":[3]}' });
  assert.deepEqual((await askAll('/x', 'things', fetcher)).items, [1, 2, 3]);
  assert.deepEqual(asked.map(({ path }) => path), ['/x?offset=0', '/x?offset=2']);
  const shrunk = answering({ body: '{"total":3,"things":[]}' });
  assert.deepEqual((await askAll('/x', 'things', shrunk.fetcher)).items, []);
});

test('should find what is wrong with settings beside their fields', () => {
  assert.deepEqual(problems(EMPTY), {});
  assert.deepEqual(problems({ ...EMPTY, uniqueName: 'cb_1.example.org', domain: 'münchen.example' }), {});
  assert.deepEqual(Object.keys(problems({ ...EMPTY, uniqueName: 'a b', domain: 'a@b' })), ['uniqueName', 'domain']);
  for (const address of ['xmpp.example.org', '192.0.2.1:5223', '[2001:db8::1]', '[::1]:65535']) {
    assert.deepEqual(problems({ ...EMPTY, serverAddressOverride: address }), {}, address);
  }
  for (const address of ['a:0', 'a:65536', 'a:', '2001:db8::1', '[1]:1', 'a b', 'xmpp://a']) {
    assert.ok(problems({ ...EMPTY, serverAddressOverride: address }).serverAddressOverride, address);
  }
});

test('should want a secret twice, unless it is to be removed', () => {
  assert.ok(problems({ ...EMPTY, sharedSecret: 'x' }).confirmation);
  assert.ok(problems({ ...EMPTY, sharedSecret: 'x', confirmation: 'y' }).confirmation);
  assert.ok(problems({ ...EMPTY, confirmation: 'y' }).confirmation);
  assert.ok(problems({ ...EMPTY, sharedSecret: ' x', confirmation: ' x' }).sharedSecret);
  assert.deepEqual(problems({ ...EMPTY, sharedSecret: 'x', confirmation: 'x' }), {});
  assert.deepEqual(problems({ ...EMPTY, sharedSecret: 'x', removeSecret: true }), {});
});

test('should send what differs only', () => {
  const stored = { uniqueName: 'cb1', domain: 'example.org', serverAddressOverride: 'x:1', sharedSecretSet: true };
  const same = { ...EMPTY, uniqueName: 'cb1', domain: 'example.org', serverAddressOverride: 'x:1' };
  assert.equal(changes(same, stored), null);
  assert.deepEqual(changes({ ...same, serverAddressOverride: '' }, stored), { serverAddressOverride: '' });
  assert.deepEqual(changes({ ...same, sharedSecret: 'new' }, stored), { sharedSecret: 'new' });
  assert.deepEqual(changes({ ...same, removeSecret: true }, stored), { sharedSecret: '' });
});

test('should name what a registration still needs', () => {
  assert.equal(missing({ uniqueName: 'a', domain: 'b', sharedSecretSet: true }), '');
  assert.equal(missing({ uniqueName: 'a', domain: 'b' }), 'the shared secret');
  assert.equal(missing({}), 'the unique name, the domain and the shared secret');
});

const FAILED = {
  id: 's',
  state: 'waiting',
  step: { number: 8 },
  since: '2026-11-21T10:00:46Z',
  server: 'xmpp.example.org:5223',
  lastError: { step: 8, words: 'No such name.', advice: 'Add it.' },
  nextRetry: '2026-11-21T10:01:12.5Z',
};

test('should mark the step that failed, and say when the next attempt comes', () => {
  const shown = view(FAILED, NOW);
  assert.equal(shown.tone, 'bad');
  assert.equal(shown.time, 'Failed 14 s ago · Next attempt in 13 s');
  assert.equal(shown.error.words, 'No such name.');
  assert.equal(shown.steps.length, STEPS.length);
  assert.deepEqual(shown.steps.map(({ state }) => state), [...Array(7).fill('done'), 'failed', ...Array(4).fill('ahead')]);
});

test('should mark the step at work during a new attempt, and where a registration stays', () => {
  const trying = view({ ...FAILED, state: 'connecting', step: { number: 5 }, nextRetry: null }, NOW);
  assert.deepEqual(trying.steps.map(({ state }) => state), [...Array(4).fill('done'), 'current', ...Array(7).fill('ahead')]);
  const up = view({ ...FAILED, state: 'registered', step: { number: 11 } }, NOW);
  assert.deepEqual(up.steps.map(({ state }) => state), [...Array(10).fill('done'), 'reached', 'ahead']);
  assert.equal(up.error, null);
  assert.equal(up.facts.find(({ name }) => name === 'Last error').lines[0], 'No such name.');
  assert.equal(up.time, 'For 14 s');
  assert.equal(view({ id: 's', state: 'registered', step: { number: 11 }, since: '2026-11-01T10:00:00Z' }, NOW).time, 'Since 2026-11-01 10:00 UTC');
  assert.equal(trying.time, 'At this step for 14 s');
});

test('should not call it a failure that nothing is configured', () => {
  const idle = view({ id: 's', state: 'unconfigured', since: '2026-11-21T10:00:00Z', step: { number: 2 }, lastError: { step: 2, words: 'None.', advice: 'Set it.' } }, NOW);
  assert.equal(idle.steps[1].state, 'current');
  assert.equal(idle.error.hint, true);
  assert.equal(idle.time, '');
});

test('should show what was asked, found and seen', () => {
  const { facts } = view(
    {
      ...FAILED,
      transport: 'tcp',
      dns: [
        { question: 'SRV _x._tcp.example.org', outcome: 'found', answers: ['1 2 5223 a.'], aliases: [], ttlSeconds: 60, error: null },
        { question: 'A b.', outcome: 'nxdomain', answers: [], aliases: ['c.'], ttlSeconds: 0, error: 'there is no such name' },
      ],
      candidates: [{ address: '2001:db8::1', port: 5223, target: 'a.', outcome: 'refused' }],
      certificate: { subject: 'CN=a', issuer: 'CN=b', sans: ['a', 'b'], notBefore: '2026-01-01T00:00:00Z', notAfter: '2027-01-01T00:00:00Z' },
    },
    NOW,
  );
  const lines = Object.fromEntries(facts.map((fact) => [fact.name, fact.lines]));
  assert.deepEqual(lines.DNS, ['SRV _x._tcp.example.org, for 60 s:', '→ 1 2 5223 a.', 'A b. (an alias of c.): there is no such name']);
  assert.deepEqual(lines.Candidates, ['[2001:db8::1]:5223 – refused']);
  assert.deepEqual(lines.Valid, ['2026-01-01 to 2027-01-01']);
  assert.match(lines.Transport[0], /not encrypted/);
});

test('should bear a session that does not answer or says little', () => {
  assert.equal(view({ id: 's', unanswered: true }, NOW).title, 'No answer');
  assert.equal(view({ id: 's', state: 'odd' }, NOW).title, 'odd');
  assert.equal(view({ id: 's', state: 'registered', ownServer: true, server: 'localhost:5223' }, NOW).server, 'localhost:5223 (this node’s own)');
  assert.equal(when('', NOW), '');
  assert.equal(when('2026-11-20T10:00:00Z', NOW), 'on 2026-11-20 10:00 UTC');
});

test('should load every module up front, and hold a strict content policy', () => {
  const html = read('general.html');
  for (const file of scripts) assert.ok(html.includes(`"/admin/files/js/${file}"`), file);
  assert.doesNotMatch(html, /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?:\/\//);
  for (const file of scripts) assert.doesNotMatch(read(`js/${file}`), /innerHTML|eval\(|setAttribute\('style'|from 'http/, file);
});

test('should name every field and point to its error', () => {
  const html = read('general.html');
  for (const [, id] of html.matchAll(/<(?:input|select)[^>]* id="(\w+)"/g)) {
    const labelled = html.includes(`for="${id}"`) || new RegExp(`<label[^>]*><input[^>]* id="${id}"`).test(html);
    assert.ok(labelled, id);
  }
  for (const [, ids] of html.matchAll(/aria-describedby="([^"]+)"/g)) for (const id of ids.split(' ')) assert.ok(html.includes(`id="${id}"`), id);
});
