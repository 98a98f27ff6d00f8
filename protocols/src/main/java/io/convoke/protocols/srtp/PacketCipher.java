package io.convoke.protocols.srtp;

/**
 * Protects either RTP or RTCP in one direction under one set of session keys. Knows nothing of streams and replay: the
 * caller brings the packet index. Not thread-safe; holds the JCE objects and scratch memory for its packets.
 */
interface PacketCipher {
    /** How much longer a packet gets. */
    int overheadBytes();

    /**
     * Encrypts behind the header and authenticates everything. {@code in} and {@code out} are the same array at the same
     * offset, or do not overlap.
     *
     * @param headerBytes length of the part that stays readable
     * @param index 48-bit packet index for RTP, 31-bit SRTCP index for RTCP
     * @return length of the protected packet
     */
    int protect(byte[] in, int offset, int length, int headerBytes, int ssrc, long index, byte[] out, int outOffset);

    /**
     * Checks and decrypts in place. The bytes stay as they are when the check fails.
     *
     * @param length of the protected packet, at least {@code headerBytes + overheadBytes()}
     * @return length of the plain packet, or {@link SrtpReceiver#AUTHENTICATION_FAILED}
     */
    int unprotect(byte[] packet, int offset, int length, int headerBytes, int ssrc, long index);
}
