package io.convoke.protocols.srtp;

/** SRTP with AES-GCM: header | ciphertext | tag, the header being the associated data (RFC 7714 §8). */
final class GcmRtpCipher implements PacketCipher {
    private final GcmCipher gcm;

    GcmRtpCipher(byte[] sessionKey, byte[] sessionSalt) {
        gcm = new GcmCipher(sessionKey, sessionSalt);
    }

    @Override
    public int overheadBytes() {
        return GcmCipher.TAG_BYTES;
    }

    @Override
    public int protect(
            byte[] in, int offset, int length, int headerBytes, int ssrc, long index, byte[] out, int outOffset) {
        gcm.start(ssrc, index);
        gcm.associated(in, offset, headerBytes);
        if (in != out || offset != outOffset) {
            System.arraycopy(in, offset, out, outOffset, headerBytes);
        }
        return headerBytes + gcm.seal(in, offset + headerBytes, length - headerBytes, out, outOffset + headerBytes);
    }

    @Override
    public int unprotect(byte[] packet, int offset, int length, int headerBytes, int ssrc, long index) {
        gcm.start(ssrc, index);
        gcm.associated(packet, offset, headerBytes);
        return gcm.open(packet, offset + headerBytes, length - headerBytes)
                ? length - GcmCipher.TAG_BYTES
                : SrtpReceiver.AUTHENTICATION_FAILED;
    }
}
