/**
 * SRTP and SRTCP: AES counter mode with HMAC-SHA1 (RFC 3711) and AEAD AES-GCM (RFC 7714), keyed by DTLS-SRTP
 * (RFC 5764 §4.2). One {@link io.convoke.protocols.srtp.SrtpSender} and one
 * {@link io.convoke.protocols.srtp.SrtpReceiver} serve all streams of one association; each belongs to one thread.
 *
 * <p>Ciphers come from the JDK's SunJCE, whose AES, GHASH and SHA-1 run on processor instructions; the only garbage per
 * packet is what its interface makes unavoidable. Left out on purpose: MKI, key derivation rates above zero,
 * re-keying, and 256-bit keys.
 */
@NullMarked
package io.convoke.protocols.srtp;

import org.jspecify.annotations.NullMarked;
