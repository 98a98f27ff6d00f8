package io.convoke.protocols.stun;

import io.convoke.protocols.wire.BigEndian;
import java.util.zip.CRC32;

/** The value of FINGERPRINT: CRC-32 over the message up to the attribute, which must be the last (RFC 8489 §14.7). */
final class StunFingerprint {
    static final int BYTES = 4;
    private static final int MASK = 0x5354554E;

    private StunFingerprint() {}

    /** As if the message ended with the attribute at this distance from its start. */
    static int of(byte[] message, int offset, int attributeAt) {
        byte[] lengthField = new byte[2];
        BigEndian.put16(
                lengthField, 0, attributeAt + StunMessage.ATTRIBUTE_HEADER_BYTES + BYTES - StunDemux.HEADER_BYTES);
        CRC32 crc = new CRC32();
        crc.update(message, offset, 2);
        crc.update(lengthField);
        crc.update(message, offset + 4, attributeAt - 4);
        return (int) crc.getValue() ^ MASK;
    }
}
