/**
 * How a Callbridge registers with an XMPP server, in the twelve steps that an operator sees: configuration, port, SRV, addresses, TCP, TLS, certificate,
 * XEP-0114, and what comes after. {@link io.convoke.protocols.xmpp.registration.ComponentRegistration} decides; look-ups, connections and TLS are its
 * shell's. Names in certificates: RFC 6120 §13.7.1, RFC 6125 §6, RFC 9525 §6.
 *
 * <p>Left out on purpose: revocation lists and OCSP, DANE, the subject's common name (RFC 9525 §6.1 wants it ignored), URI and directory names.
 */
@NullMarked
package io.convoke.protocols.xmpp.registration;

import org.jspecify.annotations.NullMarked;
