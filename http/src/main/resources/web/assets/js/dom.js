// Making elements without a framework. Never sets style attributes: the page's content policy forbids them.

/**
 * h('button', { class: 'button', onclick: f, 'aria-label': 'Leave' }, 'Leave')
 * false, null and undefined leave an attribute out; true sets it empty; `on…` adds a listener; strings become text.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else set(element, name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets an attribute, only where it changes: views call this on every change, and screen readers notice each write. */
export function set(element, name, value) {
  if (value === false || value === null || value === undefined) return element.removeAttribute(name);
  const text = value === true ? '' : String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Sets the text, only where it changes. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A symbol of icons.svg. Decoration only: whatever holds it carries the name. */
export function icon(name, small = false) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', small ? 'icon small' : 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(SVG, 'use'));
  return swap(svg, name);
}

/** Shows another symbol in an icon. */
export function swap(svg, name) {
  set(svg.firstChild, 'href', `/assets/icons.svg#${name}`);
  return svg;
}

/** Shows a track in a video or audio element; the same track again changes nothing, so pictures don't flicker. */
export function play(element, track) {
  const now = element.srcObject?.getTracks()[0] ?? null;
  if (now === (track ?? null)) return false;
  element.srcObject = track ? new MediaStream([track]) : null;
  if (track) element.play().catch(() => {}); // Refused only without a gesture; view-sound.js asks for one where it matters.
  return true;
}
