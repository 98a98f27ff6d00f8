// A registration's state in words for the page. Knows nothing of the page.

export const STEPS = [
  'Precondition',
  'Configuration',
  'Port',
  'SRV look-up',
  'Address look-up',
  'TCP connection',
  'TLS handshake',
  'Certificate check',
  'Registration',
  'Validation',
  'Active',
  'In use',
];
const ACTIVE = 11;
const STATES = {
  registered: { title: 'Registered', tone: 'good' },
  connecting: { title: 'Connecting', tone: 'warn' },
  waiting: { title: 'Waiting to try again', tone: 'bad' },
  stopped: { title: 'Stopped', tone: 'bad' },
  unconfigured: { title: 'Not configured', tone: '' },
  unanswered: { title: 'No answer', tone: 'bad' },
};

/** One session of /state/xmpp-sessions, and the time now by the server's clock (milliseconds). */
export function view(session, now) {
  const state = session.unanswered ? 'unanswered' : session.state;
  const registered = state === 'registered';
  const step = session.step?.number ?? 0;
  const error = session.lastError ?? null;
  // Nothing has failed where nobody has asked for anything.
  const failed = registered || state === 'unconfigured' ? 0 : error?.step || (error && step) || 0;
  return {
    id: session.id,
    ...(STATES[state] ?? { title: state, tone: '' }),
    server: session.ownServer && session.server ? `${session.server} (this node’s own)` : session.server || '',
    time: [sinceWords(state, session.since, now), registered ? '' : untilWords(session.nextRetry, now)].filter(Boolean).join(' · '),
    error: registered ? null : error && { ...error, hint: state === 'unconfigured' },
    steps: STEPS.map((name, index) => ({ number: index + 1, name, state: stateOf(index + 1, step, registered, failed, state) })),
    facts: facts(session, registered ? error : null, now),
  };
}

/** Step 11 or 12 is somewhere to stay; any other is on the way, or where it broke. */
function stateOf(number, step, registered, failed, state) {
  if (number === failed && state !== 'connecting') return 'failed';
  const at = failed && state !== 'connecting' ? failed : step;
  if (number < at) return 'done';
  if (number > at) return 'ahead';
  return registered && number >= ACTIVE ? 'reached' : 'current';
}

function facts(session, pastError, now) {
  const found = [];
  const add = (name, ...lines) => lines.some(Boolean) && found.push({ name, lines: lines.filter(Boolean) });
  add('Server', session.server);
  add('Transport', { tls: 'TLS', tcp: 'Plain TCP, not encrypted' }[session.transport]);
  add('Warnings', ...(session.warnings ?? []));
  const certificate = session.certificate;
  if (certificate) {
    add('Certificate', certificate.subject, certificate.issuer && `issued by ${certificate.issuer}`);
    add('Names in it', ...(certificate.sans ?? []));
    add('Valid', [day(certificate.notBefore), day(certificate.notAfter)].filter(Boolean).join(' to '));
  }
  add('DNS', ...(session.dns ?? []).flatMap(dnsLines));
  add('Candidates', ...(session.candidates ?? []).map(candidateLine));
  add('Unique name', session.uniqueName);
  add('Attempts', session.attempts && String(session.attempts));
  if (pastError) add('Last error', [when(pastError.at, now), pastError.words].filter(Boolean).join(': '));
  add('Node', session.node);
  return found;
}

function dnsLines({ question, answers, aliases, ttlSeconds, outcome, error }) {
  const alias = aliases?.length ? ` (an alias of ${aliases.join(', ')})` : '';
  return answers?.length ? [`${question}${alias}, for ${ttlSeconds} s:`, ...answers.map((one) => `→ ${one}`)] : [`${question}${alias}: ${error || outcome}`];
}

function candidateLine({ address, port, target, outcome }) {
  const host = address.includes(':') ? `[${address}]` : address || target;
  return [`${host}:${port}`, outcome].filter(Boolean).join(' – ');
}

function day(time) {
  return time ? String(time).slice(0, 10) : '';
}

/** "12 s ago", "3 min ago", or the date. */
export function when(time, now) {
  const passed = span(time, now);
  if (passed) return `${passed} ago`;
  return Number.isNaN(Date.parse(time ?? '')) ? '' : `on ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** How long it has been, up to a day; empty beyond that, or without a time. */
function span(time, now) {
  const seconds = Math.max(0, Math.round((now - Date.parse(time ?? '')) / 1000));
  if (Number.isNaN(seconds) || seconds >= 86_400) return '';
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}

function sinceWords(state, time, now) {
  const ago = when(time, now);
  if (!ago || state === 'unconfigured') return '';
  if (state !== 'registered' && state !== 'connecting') return `Failed ${ago}`;
  const passed = span(time, now);
  const words = passed ? `for ${passed}` : `since ${ago.slice(3)}`;
  return state === 'registered' ? words[0].toUpperCase() + words.slice(1) : `At this step ${words}`;
}

function untilWords(time, now) {
  if (!time) return '';
  const seconds = Math.ceil((Date.parse(time) - now) / 1000);
  if (Number.isNaN(seconds)) return '';
  return seconds <= 0 ? 'Trying again now' : `Next attempt in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}`;
}
