// The live state of the registration: twelve steps, with a mark where it is.
import { h, icon, say, set } from '../../../assets/js/dom.js';
import { ask } from './api.js';
import { tell } from './form.js';
import { view } from './registration.js';

/** Asked again at the latest after this time; sooner when the server says that something changed, but not more often than that. */
const EVERY_MS = 15_000;
const AT_MOST_EVERY_MS = 500;
const CHANGES = ['added', 'changed', 'removed'];
const MARKS = { done: 'check', reached: 'check', failed: 'alert' };
const SPOKEN = { done: 'done', reached: 'reached', failed: 'failed here', current: 'in progress', ahead: 'not yet' };
const ASIDE = { failed: 'Failed here', current: 'Now', reached: 'Here' };

/** `callbridge()` is the GUID whose sessions are shown. */
export function registration({ callbridge }) {
  const host = document.getElementById('sessions');
  const cards = new Map();
  let spoken = '';
  let offset = 0;

  let own = [];

  async function refresh() {
    const answer = await ask('GET', '/state/xmpp-sessions');
    if (answer.status === 404) return nothing('This server does not tell about its registrations.');
    if (!answer.ok) return tell('live-said', answer.problem.words, 'bad');
    if (answer.date) offset = answer.date - Date.now();
    own = answer.body['xmpp-sessions'].filter((one) => !one.callbridge || one.callbridge === callbridge());
    if (own.length === 0) return nothing('This Callbridge has no registration under way.');
    speak(draw().map((one) => `${one.title}${one.server ? `: ${one.server}` : ''}. ${one.error ? one.error.words : ''}`).join(' '));
    return null;
  }

  /** Also between two answers: times go on. */
  function draw() {
    const views = own.map((one) => view(one, Date.now() + offset));
    for (const [id, card] of cards) if (!views.some((one) => one.id === id)) (card.box.remove(), cards.delete(id));
    for (const one of views) {
      if (!cards.has(one.id)) cards.set(one.id, cardOf(host));
      cards.get(one.id).update(one);
    }
    return views;
  }

  function nothing(words) {
    own = [];
    cards.clear();
    host.replaceChildren();
    tell('live-said', words);
    spoken = '';
  }

  /** The line is for ears: eyes see the list. */
  function speak(words) {
    const line = document.getElementById('live-said');
    line.className = 'unseen';
    if (words === spoken) return;
    spoken = words;
    line.textContent = words;
  }

  let due = null;
  function refreshSoon() {
    due ??= setTimeout(() => {
      due = null;
      if (!document.hidden) refresh();
    }, AT_MOST_EVERY_MS);
  }

  refresh();
  setInterval(() => !document.hidden && refresh(), EVERY_MS);
  setInterval(() => !document.hidden && draw(), 1_000);
  document.addEventListener('visibilitychange', () => !document.hidden && refresh());
  const changes = new EventSource('/state/events?kind=xmpp-sessions');
  for (const name of CHANGES) changes.addEventListener(name, refreshSoon);
  return { refresh };
}

function cardOf(host) {
  const chip = h('span', { class: 'chip' });
  const title = h('strong');
  const time = h('p');
  const problem = h('div');
  const steps = h('ol', { class: 'steps', 'aria-label': 'Twelve steps to a registration' });
  const facts = h('dl', { class: 'facts' });
  const more = h('details', { class: 'more' }, h('summary', {}, 'Details'), facts);
  const box = h('article', { class: 'session' }, h('div', { class: 'now' }, chip, title, time), problem, steps, more);
  host.append(box);
  const drawn = { steps: '', problem: '', facts: '' };
  const redraw = (name, value, element, make) => {
    const key = JSON.stringify(value);
    if (drawn[name] === key) return;
    drawn[name] = key;
    element.replaceChildren(...make());
  };
  return {
    box,
    update(now) {
      say(chip, now.title);
      chip.className = `chip ${now.tone}`;
      say(title, now.server || 'No server chosen yet');
      say(time, now.time);
      redraw('problem', now.error, problem, () => problemOf(now.error));
      redraw('steps', now.steps, steps, () => now.steps.map(stepOf));
      redraw('facts', now.facts, facts, () => now.facts.flatMap(factOf));
      set(more, 'hidden', now.facts.length === 0);
    },
  };
}

function stepOf({ number, name, state }) {
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[state] ? icon(MARKS[state], true) : String(number));
  const here = state === 'current' || state === 'reached' || state === 'failed';
  return h(
    'li',
    { 'data-state': state, 'aria-current': here ? 'step' : null },
    mark,
    h('span', {}, name, h('span', { class: 'unseen' }, ` (${SPOKEN[state]})`)),
    ASIDE[state] && h('span', { class: 'aside', 'aria-hidden': 'true' }, ASIDE[state]),
  );
}

function problemOf(error) {
  if (!error) return [];
  return [
    h(
      'div',
      { class: error.hint ? 'notice' : 'notice bad' },
      icon(error.hint ? 'info' : 'alert'),
      h('strong', {}, error.hint ? 'Nothing to register with' : 'What went wrong'),
      h('p', {}, error.words),
      error.advice && h('p', { class: 'cause' }, error.advice),
    ),
  ];
}

function factOf({ name, lines }) {
  return [h('dt', {}, name), h('dd', {}, lines.length === 1 ? lines[0] : h('ul', {}, lines.map((line) => h('li', {}, line))))];
}
