// Names, initials, who is where on the stage. No DOM.

/** Up to two letters for an avatar: "Ada Lovelace" → "AL", "thomas" → "T". Works for names beyond Latin letters. */
export function initials(name) {
  const words = name.trim().split(/[\s._-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => [...word].find((char) => /[\p{L}\p{N}]/u.test(char)));
  const picked = letters.length > 1 ? [letters[0], letters.at(-1)] : letters.slice(0, 1);
  return picked.join('').toLocaleUpperCase() || '?';
}

/** A steady number in [0, tones) per participant: the same person has the same avatar colour for everyone. */
export function tone(participant, tones = 6) {
  let sum = 0;
  for (const char of participant) sum = (sum * 31 + char.codePointAt(0)) >>> 0;
  return sum % tones;
}

/** Who came and who went between two rosters, without oneself. Names, in roster order. */
export function changes(before, after) {
  const has = (list, one) => list.some(({ participant }) => participant === one.participant);
  const names = (list) => list.filter(({ you }) => !you).map(({ name }) => name);
  return { joined: names(after.filter((one) => !has(before, one))), left: names(before.filter((one) => !has(after, one))) };
}

/** "Ada joined", "Ada and Grace joined", "Ada and 3 others joined". */
export function sentence(names, verb) {
  if (names.length === 0) return '';
  if (names.length === 1) return `${names[0]} ${verb}`;
  if (names.length === 2) return `${names[0]} and ${names[1]} ${verb}`;
  return `${names[0]} and ${names.length - 1} others ${verb}`;
}

/** Oneself last, the others in the order they joined: tiles don't jump when somebody speaks. */
export function ordered(roster) {
  const others = roster.filter(({ you }) => !you).sort((a, b) => String(a.joinedAt).localeCompare(String(b.joinedAt)));
  return [...others, ...roster.filter(({ you }) => you)];
}

/**
 * The first `room` of a strip that cannot hold everybody. Places are kept; one who spoke recently and would be out of sight
 * takes the place of whoever has been silent for longest.
 * @param {string[]} keys in stage order  @param {Map<string, number>} lastSpoke key → counter, higher is later
 */
export function inSight(keys, lastSpoke, room) {
  const shown = keys.slice(0, Math.max(0, room));
  const spoke = (key) => lastSpoke.get(key) ?? 0;
  const waiting = keys.slice(shown.length).filter((key) => spoke(key) > 0).sort((a, b) => spoke(b) - spoke(a));
  for (const key of waiting) {
    const quietest = shown.reduce((low, other, at) => (spoke(other) < spoke(shown[low]) ? at : low), 0);
    if (!shown.length || spoke(shown[quietest]) >= spoke(key)) break;
    shown[quietest] = key;
  }
  return shown;
}

/**
 * How well to send the own camera to a room of `people`: full for one other, small pictures for a full house.
 * @param {number} height of the captured picture in pixels; it is scaled to about the height of the others' tiles
 */
export function cameraQuality(people, height) {
  const [tile, maxBitrate, maxFramerate] =
    people <= 2 ? [720, 1_700_000, 30] : people <= 6 ? [360, 800_000, 30] : people <= 12 ? [270, 400_000, 24] : [180, 200_000, 15];
  return { maxBitrate, maxFramerate, scaleResolutionDownBy: Math.max(1, height / tile) };
}

/** The size to capture in, by the machine's cores: encoding a large picture on a small machine helps nobody. */
export function captureSize(cores) {
  if (cores <= 2) return { width: 640, height: 360 };
  return cores <= 4 ? { width: 960, height: 540 } : { width: 1280, height: 720 };
}
