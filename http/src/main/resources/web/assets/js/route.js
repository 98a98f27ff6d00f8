// What the address bar says about the meeting, and the link that brings others to it. No DOM.

/**
 * The meeting a page address names.
 * @param {string} pathname for example "/meeting/9999" or "/meeting/team@example.org"
 * @param {string} search   for example "?secret=abc"; a secret wins over the path, the server takes exactly one
 * @returns {{callId: string}|{uri: string}|{secret: string}|null} null where the address names no meeting
 */
export function meetingOf(pathname, search) {
  const secret = new URLSearchParams(search).get('secret');
  if (secret) return { secret };
  const name = decode(pathname.replace(/^\/meeting\/?/, '').replace(/\/+$/, ''));
  if (!name || name.includes('/')) return null;
  return /^\d+$/.test(name) ? { callId: name } : { uri: name };
}

/** The words for a meeting before the server has told its name. */
export function meetingLabel(meeting, pathname = '') {
  if (meeting?.callId) return `Meeting ${readableId(meeting.callId)}`;
  if (meeting?.uri) return meeting.uri;
  const fromPath = meetingOf(pathname, '');
  return fromPath ? meetingLabel(fromPath) : 'Invitation';
}

/** The same within a sentence: "Nothing is running under the ID 9999." */
export function meetingWords(meeting) {
  if (meeting.callId) return `the ID ${readableId(meeting.callId)}`;
  return meeting.uri ?? 'this invitation link';
}

/** Groups long digit strings by three, as people read them out: 123456789 → "123 456 789". Short ones stay whole. */
export function readableId(callId) {
  return callId.length < 7 ? callId : callId.replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** The link to hand to others: this page's address without anything but the secret. */
export function invitation(origin, pathname, search) {
  const secret = new URLSearchParams(search).get('secret');
  return origin + pathname.replace(/\/+$/, '') + (secret ? `?secret=${encodeURIComponent(secret)}` : '');
}

/**
 * What someone typed or pasted into the meeting ID field, as a path to open.
 * Takes an ID with spaces or dashes, a URI, or a whole invitation link; null for anything else.
 */
export function pathFor(typed) {
  const text = typed.trim();
  if (/^https?:\/\//i.test(text)) {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url && meetingOf(url.pathname, url.search) ? url.pathname + url.search : null;
  }
  const digits = text.replace(/[\s.-]/g, '');
  if (/^\d{1,32}$/.test(digits)) return `/meeting/${digits}`;
  return /^[^\s/?#]{1,200}$/.test(text) ? `/meeting/${encodeURIComponent(text)}` : null;
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // A stray % is the visitor's typing; the server will say that it knows no such meeting.
  }
}
