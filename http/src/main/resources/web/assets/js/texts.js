// Every message a person may have to act on: what is wrong, and what to do next. No DOM.
// `again` says whether trying the same thing again makes sense; `field` names the input that needs attention.

/** Reasons a join is refused; the keys are the `code`s of the problem body, and the ones this page finds out itself. */
const JOIN = {
  unknownCall: ['We can’t find this meeting', 'Nothing is running under {meeting}. Check the ID with whoever invited you, or open another one.'],
  wrongPasscode: ['That passcode doesn’t match', 'Check the passcode in your invitation and type it again.', 'passcode'],
  passcodeNeeded: ['This meeting needs a passcode', 'You’ll find it in your invitation. Enter it below to join.', 'passcode'],
  locked: ['The meeting is locked', 'The host isn’t letting anyone else in right now. Ask them to unlock it, then try again.'],
  full: ['The meeting is full', 'Every place is taken. Try again when somebody has left, or ask the host for more places.'],
  tooManyAttempts: ['Too many wrong passcodes', 'To protect the meeting, new attempts have to wait. You can try again {wait}.'],
  callbridgeUnavailable: ['The meeting server can’t be reached', 'This page works, but the server behind it doesn’t answer. Try again in a minute; if it goes on, tell your administrator.'],
  databaseUnavailable: ['The meeting server can’t let people in right now', 'Its database is unavailable. Meetings in progress go on. Try again in a minute; if it goes on, tell your administrator.'],
  tooBusy: ['A lot of people are joining right now', 'The server has a queue. Wait a few seconds and try again.'],
  badRequest: ['The server didn’t understand this request', 'Check your name and the meeting ID. If both look right, reload the page: it may be older than the server.'],
  requestTimeout: ['Your connection is very slow', 'The request didn’t reach the server in time. Check your network and try again.'],
  payloadTooLarge: ['The request was too large', 'Shorten your name and try again.', 'name'],
  unsupportedMediaType: ['This page is out of date', 'Reload it and join again.'],
  networkDown: ['You seem to be offline', 'We couldn’t reach the server. Check your internet connection, or VPN, and try again.'],
  noWebRtc: ['This browser can’t join meetings', 'It has no WebRTC, or it is switched off. Use a current Chrome, Edge, Firefox or Safari.'],
  nameMissing: ['Enter your name', 'It’s how the others will recognise you.', 'name'],
  internalError: ['Something went wrong on the server', 'Try again. If it keeps happening, tell your administrator what you were doing.'],
};

/** Where the server's own words help the administrator who gets to read them over somebody's shoulder. */
const CAUSE_HELPS = new Set(['callbridgeUnavailable', 'databaseUnavailable', 'badRequest', 'internalError']);

/** Reasons a call ended: codes of `ended` and of fatal errors, and those found out here. Third: may one rejoin? */
const ENDED = {
  left: ['You left the meeting', 'You can come back while it’s still running.', true],
  removed: ['You were removed from the meeting', 'Someone in charge of the meeting ended your part in it. If that was a mistake, ask them to let you back in.', false],
  conferenceEnded: ['The meeting has ended', 'It was closed for everyone.', false],
  callbridgeLost: ['The meeting server went away', 'The server that carried your call stopped answering. Rejoin to be placed on another one.', true],
  serverStopping: ['The meeting server is being restarted or switched off', 'Whoever runs it has stopped it. Rejoin in a moment; if it stays away, ask them when it will be back.', true],
  callbridgeUnavailable: ['The meeting server can’t be reached', 'Wait a minute, then rejoin. If it goes on, tell your administrator.', true],
  mediaFailed: ['Audio and video can’t get through', 'The meeting answered, but its media (UDP) doesn’t reach this device. Try another network or switch off the VPN; in an office, ask for UDP to be allowed.', true],
  replaced: ['You’re in this meeting in another window', 'This call was taken over there. You can close this tab, or continue here instead.', true],
  expired: ['Your access has expired', 'Calls may last only so long, and yours has reached the limit. Rejoin to go on.', true],
  tokenExpired: ['Your access has expired', 'Rejoin to get a new one.', true],
  timeout: ['The connection was lost', 'The server heard nothing from this device for too long. Check your network, then rejoin.', true],
  connectionLost: ['The connection was lost', 'We tried to bring it back, but the server can’t be reached. Check your network, then rejoin.', true],
  unknownParticipant: ['You were away too long', 'Your place in the meeting was given up while you were disconnected. Rejoin to take it again.', true],
  badToken: ['The server didn’t accept this session', 'Rejoin to start a new one.', true],
  authenticationTimeout: ['The server waited too long for this device', 'Check your network, then rejoin.', true],
  internalError: ['Something went wrong on the server', 'Rejoin. If it keeps happening, tell your administrator.', true],
};

/** Trouble with a camera, a microphone or the permission to use them. `{device}` is "camera" or "microphone". */
const DEVICE = {
  permissionDenied: ['Your {device} is blocked', 'Allow it with the icon beside the address, then switch it on here. You can also join without it.'],
  inUse: ['Your {device} is in use', 'Another program has it. Close that program, then switch the {device} on again. You can also join without it.'],
  notFound: ['No {device} found', 'Plug one in and it will appear here. You can also join without it.'],
  insecureContext: ['Joining to watch and listen', 'Browsers allow cameras and microphones only on secure pages. Open this page with https:// to take part with both.'],
  failed: ['Your {device} didn’t start', 'Unplug it and plug it in again, or choose another one. You can also join without it.'],
};

/** @returns {{code: string, title: string, next: string, field: ?string, cause: string}} the words for a refused join; cause: the server's own */
export function joinProblem(code, { meeting = 'this ID', wait = 'in a moment', detail = '' } = {}) {
  const [title, next, field = null] = JOIN[code] ?? JOIN.internalError;
  const cause = !JOIN[code] || CAUSE_HELPS.has(code) ? detail : '';
  return { code, title, next: fill(next, { meeting, wait }), field, cause };
}

/** @returns {{code: string, title: string, next: string, rejoin: boolean}} the words for the end of a call */
export function ending(code) {
  const [title, next, rejoin] = ENDED[code] ?? ENDED.internalError;
  return { code, title, next, rejoin };
}

/** @returns {{code: string, title: string, next: string}} the words for a device that isn't there; device: "camera", "microphone" or both */
export function deviceProblem(code, device) {
  const [title, next] = DEVICE[code] ?? DEVICE.failed;
  const words = device === 'camera and microphone' ? plural : (text) => text;
  return { code, title: fill(words(title), { device }), next: fill(words(next), { device }) };
}

/** "in 45 seconds", "in 2 minutes": for countdowns; the seconds are rounded up so that it never promises too early. */
export function waitText(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole === 0) return 'now';
  if (whole < 100) return `in ${whole} second${whole === 1 ? '' : 's'}`;
  return `in ${Math.ceil(whole / 60)} minutes`;
}

function plural(text) {
  return text
    .replace('{device} is', '{device} are')
    .replace('Allow it', 'Allow them')
    .replace('switch it on', 'switch them on')
    .replace('without it', 'without them')
    .replace('Another program has it', 'Another program has them');
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

export const codes = { join: Object.keys(JOIN), ended: Object.keys(ENDED), device: Object.keys(DEVICE) };
