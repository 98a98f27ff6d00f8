// The arithmetic of the stage: how large n tiles get in a given space. No DOM. All sizes in CSS pixels.

const WIDEST = 16 / 9;

/**
 * The columns that give n equal tiles the most area.
 * @param {number} n tiles, at least 1
 * @param {number} narrowest the smallest width/height a tile may have; the largest is always 16:9
 * @returns {{columns: number, rows: number, width: number, height: number}}
 */
export function grid(n, width, height, gap, narrowest) {
  let best = { columns: 1, rows: n, width: 0, height: 0 };
  for (let columns = 1; columns <= n; columns++) {
    const rows = Math.ceil(n / columns);
    const size = fit((width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows, narrowest);
    // A lone tile in the last row looks like a mistake; another arrangement of nearly the same size is better.
    const lonely = rows > 1 && columns > 2 && n - columns * (rows - 1) === 1 ? 0.86 : 1;
    const score = size.width * size.height * lonely;
    if (score > best.width * best.height * (best.lonely ?? 1)) best = { columns, rows, ...size, lonely };
  }
  const { lonely, ...result } = best;
  return result;
}

/** The largest box inside width × height whose proportions lie between `narrowest` and 16:9. */
export function fit(width, height, narrowest) {
  const w = Math.max(0, width);
  const h = Math.max(0, height);
  return { width: Math.floor(Math.min(w, h * WIDEST)), height: Math.floor(Math.min(h, w / narrowest)) };
}

/** How narrow tiles may get: faces survive a portrait crop on a phone held upright, on a desktop they needn't. */
export function narrowestFor(n, width, height) {
  if (width >= height) return n === 1 ? WIDEST : 4 / 3;
  if (n <= 2) return 0.6;
  return n <= 8 ? 3 / 4 : 1;
}

/**
 * The people beside (wide) or below (tall) a shared screen. Below, they fill the rows that the screen's shape leaves free.
 * @returns {{beside: boolean, room: number, width: number, height: number, screenHeight: ?number}}
 *   room: how many tiles fit without scrolling; screenHeight: what is left for the screen, null for all there is
 */
export function strip(n, width, height, gap) {
  if (width >= 760 && width > height) {
    const tileWidth = Math.round(Math.min(240, Math.max(168, width * 0.17)));
    const tileHeight = Math.round(tileWidth / WIDEST);
    return { beside: true, room: Math.min(n, count(height, tileHeight, gap)), width: tileWidth, height: tileHeight, screenHeight: null };
  }
  const columns = width < 600 ? 3 : 5;
  const tileWidth = Math.floor((width - gap * (columns - 1)) / columns);
  const tileHeight = Math.floor((tileWidth * 3) / 4);
  const free = height - Math.min(height * 0.6, width * 0.62) - gap;
  // A few people get the height that a screen across the width cannot use.
  const large = grid(n, width, free, gap, 3 / 4);
  if (large.width >= tileWidth && large.height >= tileHeight) {
    return { beside: false, room: n, width: large.width, height: large.height, screenHeight: Math.max(0, height - large.rows * (large.height + gap)) };
  }
  const rows = Math.min(count(free, tileHeight, gap), Math.ceil(n / columns));
  const screenHeight = Math.max(0, height - rows * (tileHeight + gap));
  return { beside: false, room: Math.min(n, rows * columns), width: tileWidth, height: tileHeight, screenHeight };
}

/** How many lengths of `each` fit, with gaps between; at least one is shown, even where it is tight. */
function count(along, each, gap) {
  return Math.max(1, Math.floor((along + gap) / (each + gap)));
}
