// The box that says what is wrong and what to do next.
import { h, icon } from './dom.js';

/** @param {{code: string, title: string, next: string}} problem  @param {boolean} bad false: a hint, not a failure */
export function notice(problem, { bad = true, role = bad ? 'alert' : 'status' } = {}) {
  return h(
    'div',
    { class: bad ? 'notice bad' : 'notice', role, tabindex: '-1', 'data-testid': 'error', 'data-code': problem.code },
    icon(bad ? 'alert' : 'info'),
    h('strong', {}, problem.title),
    h('p', {}, problem.next),
    problem.cause && h('p', { class: 'cause' }, problem.cause),
  );
}
