/**
 * RTCP compound packets: sender and receiver reports, CNAME and BYE (RFC 3550 §6), generic NACK and PLI (RFC 4585 §6),
 * FIR (RFC 5104 §4.3.1), and the receiver's bandwidth estimate REMB that browsers send
 * (draft-alvestrand-rmcat-remb-03).
 *
 * <p>Left out on purpose: APP, extended reports, transport-wide feedback, and reading SDES. The reader steps over them.
 */
@NullMarked
package io.convoke.protocols.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
