/**
 * Session descriptions and their negotiation: a parser with limits and a writer (RFC 8866), and the answerer's part of
 * offer/answer for one bundled WebRTC transport (RFC 3264, RFC 8829 §5.3, RFC 9143, RFC 8839 §4, RFC 8842 §5.3, RFC 8285 §5).
 *
 * <p>Left out on purpose: making offers, simulcast (RFC 8853), retransmission streams (RFC 4588), reduced-size RTCP (RFC 5506),
 * more than one transport, data channels. What is offered of these is not mirrored in the answer, so that a client does without.
 */
@NullMarked
package io.convoke.protocols.sdp;

import org.jspecify.annotations.NullMarked;
