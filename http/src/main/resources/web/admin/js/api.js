// Asks the API and the states. The browser adds the administrator's password by itself.

const PROBLEMS = {
  0: 'The server did not answer. Check the network and try again.',
  401: 'The password was not taken. Load the page again and sign in.',
  403: 'The server refused the change, because it seems to come from another site.',
  429: 'Too many requests at once. Try again in a moment.',
  503: 'The database does not answer at the moment. Try again shortly.',
};

/**
 * GET, POST, PUT or DELETE with form-encoded parameters.
 * Answers {ok, status, body, problem, date}; a problem has `words`, and `parameter` where it concerns one. Never throws.
 */
export async function ask(method, path, parameters = null, fetcher = fetch) {
  const headers = { Accept: 'application/json', 'X-Requested-With': 'convoke-admin' };
  const options = { method, headers, cache: 'no-store', credentials: 'same-origin' };
  // Handed over as it is, URLSearchParams says itself what it is.
  if (parameters) options.body = new URLSearchParams(parameters);
  try {
    const response = await fetcher(path, options);
    const text = await response.text();
    const body = text.startsWith('{') ? JSON.parse(text) : null;
    const date = Date.parse(response.headers.get('Date') ?? '') || null;
    if (response.ok) return { ok: true, status: response.status, body, problem: null, date };
    return { ok: false, status: response.status, body, problem: problemOf(response.status, body), date };
  } catch {
    return { ok: false, status: 0, body: null, problem: problemOf(0, null), date: null };
  }
}

function problemOf(status, body) {
  const words = status !== 400 && PROBLEMS[status];
  return { parameter: body?.parameter ?? null, words: words || body?.detail || 'Something went wrong here. The server’s log says more.' };
}

/** All items of a list that comes in pages. */
export async function askAll(path, plural, fetcher = fetch) {
  const items = [];
  for (;;) {
    const answer = await ask('GET', `${path}?offset=${items.length}`, null, fetcher);
    if (!answer.ok) return answer;
    items.push(...answer.body[plural]);
    if (items.length >= answer.body.total || answer.body[plural].length === 0) return { ...answer, items };
  }
}
