/**
 * The selective forwarding unit: one UDP port, ICE-lite, DTLS-SRTP, and every participant's packets handed on to the others without
 * transcoding. Packets live and die on one Netty event loop; what a packet means is decided in plain classes (slot assignment, sequence
 * rewriting, resend cache, speaker detection, keyframe policy, address table), the Netty shell moves bytes. Follows RFC 8445 (lite),
 * RFC 7983, RFC 5764, RFC 3550, RFC 4585, RFC 5104, RFC 6464 and RFC 8843. Left out on purpose: simulcast, RTX (RFC 4588; lost packets are
 * resent as they were), congestion control beyond a fixed REMB, TCP candidates.
 */
@NullMarked
package io.convoke.media.sfu;

import org.jspecify.annotations.NullMarked;
