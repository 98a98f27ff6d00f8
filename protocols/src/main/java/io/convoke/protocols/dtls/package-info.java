/**
 * The DTLS client's part of a DTLS-SRTP association (RFC 6347, RFC 5764, RFC 8842): handshake by Bouncy Castle, the peer known by
 * the fingerprint of its certificate (RFC 8122), keys for SRTP from the exporter (RFC 5705).
 *
 * <p>Unlike the other packages this one waits: {@link io.convoke.protocols.dtls.DtlsClientEndpoint#connect} blocks its caller for
 * a handshake, fed by a {@link io.convoke.protocols.dtls.DatagramQueue}. {@link io.convoke.protocols.dtls.DtlsGuard} keeps
 * datagrams away from the library that would make it allocate memory by the peer's word. Left out on purpose: DTLS 1.0 and 1.3, resumption,
 * suites without forward secrecy or AEAD, and here peers without extended master secret (RFC 7627 §5.4 forbids the exporter without it).
 *
 * <p>And the server's part of associations that carry data themselves, as TURN clients use them (RFC 7350):
 * {@link io.convoke.protocols.dtls.DtlsServerEndpoint} keeps nothing of a client before a cookie has come back from it.
 */
@NullMarked
package io.convoke.protocols.dtls;

import org.jspecify.annotations.NullMarked;
