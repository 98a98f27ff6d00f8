/**
 * RTP packets in place (RFC 3550 §5, RFC 5761 demultiplexing), header extensions (RFC 8285), audio level (RFC 6464),
 * the VP8 payload descriptor (RFC 7741) and reception statistics (RFC 3550 appendix A).
 *
 * <p>Everything works on {@code byte[] buffer, int offset, int length} without allocating. Bytes from a peer never
 * throw: a malformed packet gives -1 or false. Left out on purpose: mixing, and the probation of RFC 3550 A.1 for new
 * sources, because every packet that comes here has passed SRTP authentication.
 */
@NullMarked
package io.convoke.protocols.rtp;

import org.jspecify.annotations.NullMarked;
