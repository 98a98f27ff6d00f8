package io.convoke.protocols.srtp;

/** SRTP with AES counter mode and HMAC-SHA1: header | ciphertext | tag (RFC 3711 §3.1). */
final class CounterRtpCipher implements PacketCipher {
    private final CounterMode aes;
    private final Sha1Tag tag;

    CounterRtpCipher(byte[] encryptionKey, byte[] salt, byte[] authenticationKey) {
        aes = new CounterMode(encryptionKey, salt);
        tag = new Sha1Tag(authenticationKey);
    }

    @Override
    public int overheadBytes() {
        return Sha1Tag.TAG_BYTES;
    }

    @Override
    public int protect(
            byte[] in, int offset, int length, int headerBytes, int ssrc, long index, byte[] out, int outOffset) {
        if (in != out || offset != outOffset) {
            System.arraycopy(in, offset, out, outOffset, headerBytes);
        }
        aes.apply(ssrc, index, in, offset + headerBytes, length - headerBytes, out, outOffset + headerBytes);
        tag.update(out, outOffset, length);
        tag.updateRollover(index);
        tag.write(out, outOffset + length);
        return length + Sha1Tag.TAG_BYTES;
    }

    @Override
    public int unprotect(byte[] packet, int offset, int length, int headerBytes, int ssrc, long index) {
        int plain = length - Sha1Tag.TAG_BYTES;
        tag.update(packet, offset, plain);
        tag.updateRollover(index);
        if (!tag.holds(packet, offset + plain)) {
            return SrtpReceiver.AUTHENTICATION_FAILED;
        }
        int payload = offset + headerBytes;
        aes.apply(ssrc, index, packet, payload, plain - headerBytes, packet, payload);
        return plain;
    }
}
