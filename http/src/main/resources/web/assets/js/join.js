// POST /api/join. Answers with what the session needs, or throws a JoinRefused with the problem's code.
import { meetingLabel } from './route.js';

const PATIENCE_MS = 30_000; // Wrong passcodes make the server answer late on purpose; a dead network must still come to an end.

/** A join the server refused, or that never got there. `code` is one of the keys in texts.js; `retryAfterSeconds` may be null. */
export class JoinRefused extends Error {
  constructor(code, { detail = '', retryAfterSeconds = null } = {}) {
    super(detail || code);
    this.code = code;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The body to post. An empty passcode isn't sent: the server would count it as a wrong one. */
export function joinBody(meeting, name, passcode) {
  return { name: name.trim(), ...meeting, ...(passcode ? { passcode } : {}) };
}

/** Turns an answer other than 200 into what to tell the person. A body that is no problem document still gets a code by its status. */
export function refusal(status, problem, retryAfterHeader, passcodeSent) {
  let code = typeof problem?.code === 'string' ? problem.code : byStatus(status);
  if (code === 'wrongPasscode' && !passcodeSent) code = 'passcodeNeeded';
  const seconds = Number(problem?.retryAfterSeconds ?? retryAfterHeader ?? NaN);
  const retryAfterSeconds = Number.isFinite(seconds) && seconds > 0 ? seconds : null;
  return new JoinRefused(code, { detail: problem?.detail, retryAfterSeconds });
}

/** Asks to join. The answer's `webSocket` is resolved to an absolute ws: or wss: URL. */
export async function join(meeting, name, passcode) {
  let response;
  try {
    response = await fetch('/api/join', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, application/problem+json' },
      body: JSON.stringify(joinBody(meeting, name, passcode)),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (failure) {
    throw new JoinRefused('networkDown', { detail: `${meetingLabel(meeting)}: ${failure.message}` });
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || !body) throw refusal(response.status, body, response.headers.get('Retry-After'), Boolean(passcode));
  return { ...body, webSocket: socketUrl(body.webSocket, response.url) };
}

/** http → ws, https → wss, relative to the URL that was posted to. */
export function socketUrl(webSocket, postedTo) {
  const url = new URL(webSocket, postedTo);
  url.protocol = url.protocol.replace(/^http/, 'ws');
  return url.href;
}

function byStatus(status) {
  const known = { 400: 'badRequest', 403: 'wrongPasscode', 404: 'unknownCall', 408: 'requestTimeout', 409: 'full' };
  const more = { 413: 'payloadTooLarge', 415: 'unsupportedMediaType', 423: 'locked', 429: 'tooManyAttempts', 502: 'callbridgeUnavailable' };
  return known[status] ?? more[status] ?? (status === 503 || status === 504 ? 'callbridgeUnavailable' : 'internalError');
}
