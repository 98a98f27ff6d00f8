package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;

/**
 * SRTCP with AES-GCM: header | ciphertext | tag | E and index, header and index word being the associated data (RFC
 * 7714 §9). Without the E flag the whole packet is associated data and only the tag follows.
 */
final class GcmRtcpCipher implements RtcpPacketCipher {
    private final GcmCipher gcm;
    private final byte[] indexWord = new byte[SrtcpIndex.WORD_BYTES];

    GcmRtcpCipher(byte[] sessionKey, byte[] sessionSalt) {
        gcm = new GcmCipher(sessionKey, sessionSalt);
    }

    @Override
    public int overheadBytes() {
        return GcmCipher.TAG_BYTES + SrtcpIndex.WORD_BYTES;
    }

    @Override
    public int protect(
            byte[] in, int offset, int length, int headerBytes, int ssrc, long index, byte[] out, int outOffset) {
        BigEndian.put32(indexWord, 0, SrtcpIndex.ENCRYPTED | (int) index);
        gcm.start(ssrc, index);
        gcm.associated(in, offset, headerBytes);
        gcm.associated(indexWord, 0, indexWord.length);
        if (in != out || offset != outOffset) {
            System.arraycopy(in, offset, out, outOffset, headerBytes);
        }
        int sealed =
                headerBytes + gcm.seal(in, offset + headerBytes, length - headerBytes, out, outOffset + headerBytes);
        System.arraycopy(indexWord, 0, out, outOffset + sealed, indexWord.length);
        return sealed + indexWord.length;
    }

    @Override
    public int unprotect(byte[] packet, int offset, int length, int headerBytes, int ssrc, long index) {
        int word = offset + indexWordAt(length);
        int plain = length - overheadBytes();
        int clear = SrtcpIndex.encrypted(packet, word) ? headerBytes : plain;
        gcm.start(ssrc, index);
        gcm.associated(packet, offset, clear);
        gcm.associated(packet, word, SrtcpIndex.WORD_BYTES);
        return gcm.open(packet, offset + clear, word - offset - clear) ? plain : SrtpReceiver.AUTHENTICATION_FAILED;
    }

    @Override
    public int indexWordAt(int length) {
        return length - SrtcpIndex.WORD_BYTES;
    }
}
