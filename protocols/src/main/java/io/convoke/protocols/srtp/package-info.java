/**
 * SRTP and SRTCP: AES counter mode with HMAC-SHA1 (RFC 3711) and AEAD AES-GCM (RFC 7714), keyed by DTLS-SRTP
 * (RFC 5764 §4.2). One {@link io.convoke.protocols.srtp.SrtpSender} and one
 * {@link io.convoke.protocols.srtp.SrtpReceiver} serve all streams of one association; each belongs to one thread.
 *
 * <p>Protecting and unprotecting allocate nothing. AES and SHA-1 are the JDK's, which run on processor instructions; its GCM, counter mode and
 * HMAC are not used, since they allocate for each packet. GHASH is the JDK's too where the JVM lets it in
 * ({@code --add-opens java.base/com.sun.crypto.provider=ALL-UNNAMED}); elsewhere it is carried out in Java, and a packet of 1,100 bytes takes some
 * ten times as long. Left out on purpose: MKI, key derivation rates above zero, re-keying, and 256-bit keys.
 */
@NullMarked
package io.convoke.protocols.srtp;

import org.jspecify.annotations.NullMarked;
