package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;

/** SRTCP with AES counter mode and HMAC-SHA1: header | ciphertext | E and index | tag (RFC 3711 §3.4). */
final class CounterRtcpCipher implements RtcpPacketCipher {
    private final CounterMode aes;
    private final Sha1Tag tag;

    CounterRtcpCipher(byte[] encryptionKey, byte[] salt, byte[] authenticationKey) {
        aes = new CounterMode(encryptionKey, salt);
        tag = new Sha1Tag(authenticationKey);
    }

    @Override
    public int overheadBytes() {
        return SrtcpIndex.WORD_BYTES + Sha1Tag.TAG_BYTES;
    }

    @Override
    public int protect(
            byte[] in, int offset, int length, int headerBytes, int ssrc, long index, byte[] out, int outOffset) {
        if (in != out || offset != outOffset) {
            System.arraycopy(in, offset, out, outOffset, headerBytes);
        }
        aes.apply(ssrc, index, in, offset + headerBytes, length - headerBytes, out, outOffset + headerBytes);
        BigEndian.put32(out, outOffset + length, SrtcpIndex.ENCRYPTED | (int) index);
        int authenticated = length + SrtcpIndex.WORD_BYTES;
        tag.update(out, outOffset, authenticated);
        tag.write(out, outOffset + authenticated);
        return authenticated + Sha1Tag.TAG_BYTES;
    }

    @Override
    public int unprotect(byte[] packet, int offset, int length, int headerBytes, int ssrc, long index) {
        int word = indexWordAt(length);
        tag.update(packet, offset, word + SrtcpIndex.WORD_BYTES);
        if (!tag.holds(packet, offset + word + SrtcpIndex.WORD_BYTES)) {
            return SrtpReceiver.AUTHENTICATION_FAILED;
        }
        if (SrtcpIndex.encrypted(packet, offset + word)) {
            int body = offset + headerBytes;
            aes.apply(ssrc, index, packet, body, word - headerBytes, packet, body);
        }
        return word;
    }

    @Override
    public int indexWordAt(int length) {
        return length - Sha1Tag.TAG_BYTES - SrtcpIndex.WORD_BYTES;
    }
}
