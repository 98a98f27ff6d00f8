// The stage: tiles laid out in whatever space there is. Positions come from grid.js and plan.js; this file only applies them.
import { h, say, set } from './dom.js';
import { grid, narrowestFor, strip } from './grid.js';
import { cut, plan } from './plan.js';
import { screenTile, tile } from './view-tile.js';

/** @param {Call} call @returns {HTMLElement & {show: () => void, stop: () => void}} `show` after each change of the call */
export function stage(call) {
  const tiles = new Map();
  const more = h('div', { class: 'tile more', hidden: true });
  const side = h('div', { class: 'stage-strip', hidden: true });
  const main = h('div', { class: 'stage-main' });
  const element = h('section', { class: 'stage', 'aria-label': 'People in the meeting', 'data-mode': 'grid' }, main, side);

  const need = (key, make) => {
    if (!tiles.has(key)) tiles.set(key, make());
    return tiles.get(key);
  };
  const drop = (wanted) => {
    for (const [key, one] of tiles) {
      if (wanted.has(key)) continue;
      one.stop();
      one.remove();
      tiles.delete(key);
    }
  };

  const show = () => {
    const received = call.media.received();
    const sharing = new Set(call.roster.filter((one) => one.sharing).map((one) => one.participant));
    const screens = [...received].filter(([who, tracks]) => tracks.has('screen') && sharing.has(who)).map(([who]) => who);
    const where = plan({ roster: call.roster, screens, lastSpoke: call.lastSpoke });
    const box = { width: element.clientWidth, height: element.clientHeight };
    const gap = box.width < 600 ? 6 : 12;
    set(element, 'data-mode', where.mode);
    const wanted = new Set();
    const person = (key) => {
      wanted.add(key);
      const of = call.roster.find((one) => one.participant === key);
      const made = need(key, () => tile(of));
      made.show(looks(call, of, received));
      return made;
    };
    if (where.mode === 'screen') {
      const size = strip(where.others.length, box.width, box.height, gap);
      const { shown, hidden } = cut(where.others, call.lastSpoke, size.room);
      const key = `screen ${where.screen}`;
      wanted.add(key);
      const picture = need(key, () => screenTile(where.screen));
      const of = call.roster.find((one) => one.participant === where.screen);
      picture.show({ person: of, track: received.get(where.screen).get('screen') });
      say(more, `+${hidden}`);
      set(more, 'aria-label', `${hidden} more in the meeting`);
      more.hidden = hidden === 0;
      place(main, [picture]);
      place(side, [...shown.map(person), more]);
      measure(element, size);
      element.style.setProperty('--screen-height', `${size.screenHeight}px`);
      set(element, 'data-beside', size.beside);
    } else {
      const size = grid(Math.max(1, where.main.length), box.width, box.height, gap, narrowestFor(where.main.length, box.width, box.height));
      place(main, where.main.map(person));
      place(side, where.corner ? [person(where.corner)] : []);
      measure(element, size);
      // Wide enough for one row of tiles and no more: the last, shorter row is centred under it.
      main.style.setProperty('--row', `${size.columns * (size.width + gap)}px`);
      set(element, 'data-beside', null);
    }
    set(element, 'data-small', where.main.length > 12);
    side.hidden = side.childElementCount === 0;
    drop(wanted);
  };

  const watcher = new ResizeObserver(show);
  watcher.observe(element);
  const stop = () => {
    watcher.disconnect();
    drop(new Set());
  };
  return Object.assign(element, { show, stop });
}

/** What a tile shows of a person. Of oneself, what the buttons say counts at once, without the way to the server and back. */
function looks(call, person, received) {
  const mine = person.participant === call.you;
  const muted = mine ? call.local.state.audioMuted : person.audioMuted;
  const track = mine ? call.local.camera : received.get(person.participant)?.get('camera');
  const off = mine ? call.local.state.videoMuted : person.videoMuted || !track;
  return { person, track, muted, off, speaking: call.speaking.has(person.participant) };
}

/** Puts elements into a box in this order, moving only those out of place: a moved video would stop for a moment. */
function place(box, elements) {
  for (const stray of [...box.children]) if (!elements.includes(stray)) stray.remove();
  elements.forEach((one, at) => {
    if (box.children[at] !== one) box.insertBefore(one, box.children[at] ?? null);
  });
}

function measure(box, { width, height }) {
  box.style.setProperty('--tile-width', `${width}px`);
  box.style.setProperty('--tile-height', `${height}px`);
}
