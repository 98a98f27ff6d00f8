// Which ways to the server the peer connection may try. No DOM.

const OF_RELAY = {
  relay: (url) => /^turns?:/.test(url),
  'relay-udp': (url) => url.startsWith('turn:') && !/transport=tcp/.test(url),
  'relay-tcp': (url) => url.startsWith('turn:') && /transport=tcp/.test(url),
  'relay-tls': (url) => url.startsWith('turns:'),
};

/**
 * The part of RTCPeerConnection's configuration that is about ICE.
 * @param {{iceServers?: RTCIceServer[], iceTransportPolicy?: RTCIceTransportPolicy}} ticket the answer to the join
 * @param {string} search of the page's address: `?ice=relay` for nothing but the relay; relay-udp, relay-tcp and relay-tls name the way to it, too
 */
export function iceConfiguration({ iceServers = [], iceTransportPolicy = 'all' }, search) {
  const wanted = OF_RELAY[new URLSearchParams(search).get('ice')];
  if (!wanted) return { iceServers, iceTransportPolicy };
  const servers = iceServers.map((server) => ({ ...server, urls: [server.urls].flat().filter(wanted) }));
  return { iceServers: servers.filter(({ urls }) => urls.length > 0), iceTransportPolicy: 'relay' };
}
