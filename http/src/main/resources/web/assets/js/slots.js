// What `slots` messages mean for the sections of the peer connection. No DOM.

const MOST = { audio: 40, video: 40 }; // Beyond this a browser only loses: the page shows 25 people well.

/**
 * How many `recvonly` sections to add so that everything there is can be received.
 * @param {{audio: number, video: number}} have sections that can receive now
 * @param {{audio: number, video: number}} wanted as the server says
 */
export function missing(have, wanted) {
  const more = (kind) => Math.max(0, Math.min(wanted?.[kind] ?? 0, MOST[kind]) - have[kind]);
  return { audio: more('audio'), video: more('video') };
}

/**
 * Which section carries what, turned round: participant → source → mid.
 * @param {Array<{mid: string, kind: string, participant: ?string, source: ?string}>} slots
 * @returns {Map<string, Map<string, string>>} free slots are left out
 */
export function carried(slots) {
  const people = new Map();
  for (const { mid, kind, participant, source } of slots) {
    if (!participant) continue;
    const sources = people.get(participant) ?? new Map();
    sources.set(source ?? (kind === 'audio' ? 'microphone' : 'camera'), mid);
    people.set(participant, sources);
  }
  return people;
}

/** The `sources` of an offer: mid → source of each section that sends. */
export function sourcesOf(sections) {
  const sending = sections.filter(({ mid, direction, source }) => mid !== null && source && direction.startsWith('send'));
  return Object.fromEntries(sending.map(({ mid, source }) => [mid, source]));
}
