// When to try the WebSocket again. The server keeps a call leg for 5 s after it noticed the loss, so most tries fall into
// the first 5 s; but a network that went dark is noticed late at the other end (up to 30 s), so trying longer is worth it.

const FIRST_MS = 150;
const LONGEST_MS = 2_000;
export const GIVE_UP_MS = 25_000;

/**
 * The wait before try number `attempt` (0 is the first after the loss), or null when it is time to give up.
 * @param {number} lostForMs how long the connection has been gone
 * @param {() => number} random in [0, 1): spreads the tries of a whole room over time after a server's hiccup
 */
export function waitMs(attempt, lostForMs, random = Math.random) {
  if (lostForMs >= GIVE_UP_MS) return null;
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(full * (0.5 + random() / 2));
}
