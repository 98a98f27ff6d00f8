// Who is shown where, from what the call knows. No DOM, no tracks: keys only.
import { inSight, ordered } from './people.js';

/**
 * @param {object} call
 * @param {Array<object>} call.roster
 * @param {string[]} call.screens participants whose shared screen arrives, latest last
 * @param {Map<string, number>} call.lastSpoke
 * @returns {{mode: 'grid'|'duo'|'screen', screen: ?string, main: string[], corner: ?string, others: string[]}}
 *   main: tiles of equal size; corner: oneself, small, over the only other one; others: the strip beside a screen, in order
 */
export function plan({ roster, screens, lastSpoke }) {
  const people = ordered(roster);
  const keys = people.map(({ participant }) => participant);
  const nothing = { screen: null, main: [], corner: null, others: [] };
  if (screens.length) return { ...nothing, mode: 'screen', screen: screens.at(-1), others: keys };
  if (keys.length === 2 && people[1].you) return { ...nothing, mode: 'duo', main: [keys[0]], corner: keys[1] };
  return { ...nothing, mode: 'grid', main: keys };
}

/** The strip's tiles when only `room` fit, and how many people stay out of sight. */
export function cut(others, lastSpoke, room) {
  if (others.length <= room) return { shown: others, hidden: 0 };
  // One place goes to the "+7" that says how many more there are.
  const shown = inSight(others, lastSpoke, Math.max(1, room - 1));
  return { shown, hidden: others.length - shown.length };
}
