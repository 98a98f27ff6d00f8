// How messages are shown: who spoke on, which day it is, what in a text is a link. No DOM.

const PAUSE_MS = 3 * 60_000; // After a longer pause the name and the time stand there again.
const LINK = /https?:\/\/[^\s<>"']+/giu;
const TRAILING = /[.,;:!?…'"»”’*_~]+$/u;

/**
 * A text in pieces: {text} or {text, href}. Links are http and https only, and end before the punctuation of the sentence.
 * @returns {Array<{text: string, href?: string}>}
 */
export function pieces(text) {
  const found = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(LINK)) {
    const href = trimmed(match);
    if (!valid(href)) continue;
    if (index > end) found.push({ text: text.slice(end, index) });
    found.push({ text: href, href });
    end = index + href.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

function trimmed(link) {
  let rest = link.replace(TRAILING, '');
  // A bracket at the end belongs to the link only where the link has opened it.
  while (/[)\]]$/.test(rest) && count(rest, '([') < count(rest, ')]')) rest = rest.slice(0, -1).replace(TRAILING, '');
  return rest;
}

const count = (text, characters) => [...text].filter((one) => characters.includes(one)).length;

function valid(href) {
  try {
    return Boolean(new URL(href).hostname);
  } catch {
    return false;
  }
}

/** Whether a message goes on what the one before it began: the same sender, no long pause, the same day. */
export function continues(before, message) {
  if (!before || before.you !== message.you) return false;
  const same = message.you || (before.from.name === message.from.name && before.from.participant === message.from.participant);
  return same && dayOf(before.at) === dayOf(message.at) && Date.parse(message.at) - Date.parse(before.at) < PAUSE_MS;
}

/** The day as people say it, or '' where the message before was of the same day; of today only where another day stands above. */
export function dayLine(before, message, now = new Date()) {
  const day = dayOf(message.at);
  if (before ? dayOf(before.at) === day : day === dayOf(now)) return '';
  if (day === dayOf(now)) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday)) return 'Yesterday';
  return new Date(message.at).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
}

export const timeOf = (at) => new Date(at).toLocaleTimeString(undefined, { timeStyle: 'short' });

/** One line that a screen reader can say in passing. */
export function spoken({ from, text }) {
  const line = text.replace(/\s+/g, ' ');
  return `${from.name}: ${line.length > 160 ? `${line.slice(0, 160)}…` : line}`;
}

/** What stands above the first message. */
export function keptWords(kept) {
  if (kept === 0) return 'Messages are seen by everybody in the meeting. They are not kept.';
  return `Messages are seen by everybody in the meeting. The last ${kept === 1 ? 'one is' : `${kept} are`} kept for those who come later.`;
}

function dayOf(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
