// What is wrong with the settings as they are typed, and what is to be sent of them. Knows nothing of the page.

export const FIELDS = ['uniqueName', 'domain', 'serverAddressOverride'];

const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]{0,62}(\.[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]{0,62})*$/u;
const ADDRESS = /^(?:\[([0-9A-Fa-f:.]+)\]|([^[\]:]+))(?::([0-9]{1,5}))?$/;

/** By field, in words; empty where nothing is wrong. The server has the last word. */
export function problems({ uniqueName, domain, serverAddressOverride, sharedSecret, confirmation, removeSecret }) {
  const found = {};
  if (uniqueName && !NAME.test(uniqueName)) found.uniqueName = 'Use a name like cb1.example.org: letters, digits, hyphens and dots.';
  if (domain && !NAME.test(domain)) found.domain = 'Use a domain like example.org: letters, digits, hyphens and dots.';
  if (serverAddressOverride && !isAddress(serverAddressOverride)) {
    found.serverAddressOverride = 'Use a host or host:port, like xmpp.example.org:5223 or [2001:db8::1]:5223, with a port from 1 to 65535.';
  }
  if (removeSecret) return found;
  if (sharedSecret !== sharedSecret.trim()) found.sharedSecret = 'A secret cannot begin or end with a space.';
  else if (confirmation !== sharedSecret) found.confirmation = sharedSecret && !confirmation ? 'Type the secret a second time.' : 'The two are not the same. Type them again.';
  return found;
}

/** The parameters that differ from what is stored; null where none does. */
export function changes(typed, stored) {
  const found = {};
  for (const field of FIELDS) if (typed[field] !== (stored[field] ?? '')) found[field] = typed[field];
  if (typed.removeSecret) found.sharedSecret = '';
  else if (typed.sharedSecret) found.sharedSecret = typed.sharedSecret;
  return Object.keys(found).length ? found : null;
}

/** What still has to be filled in before the Callbridge can register, in words; empty where it can. */
export function missing(stored) {
  const names = [];
  if (!stored.uniqueName) names.push('the unique name');
  if (!stored.domain) names.push('the domain');
  if (!stored.sharedSecretSet) names.push('the shared secret');
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function isAddress(text) {
  const [all, literal, host, port] = ADDRESS.exec(text) ?? [];
  if (!all || (port && !(port >= 1 && port <= 65535))) return false;
  return literal ? /:.*:/.test(literal) : NAME.test(host);
}
