package io.convoke.protocols.dtls;

/**
 * Says which datagrams may be shown to the DTLS library. Its reassembly allocates what a handshake header announces, up to 16 MiB
 * for each of 16 messages and before anything is authenticated (CVE-2026-59646); so what announces more than a handshake of ours can need,
 * or is out of shape, stops here.
 *
 * <pre>
 * record (RFC 6347 §4.1):      type 1 | version 2 | epoch 2 | sequence 6 | length 2 | fragment
 * handshake (RFC 6347 §4.2.2): type 1 | length 3 | message 2 | offset 3 | fragment length 3 | body
 * </pre>
 */
public final class DtlsGuard {
    /** Longest handshake message let through; a certificate chain of a WebRTC client has about 300 to 2000 bytes. */
    static final int MAX_MESSAGE_BYTES = 16_384;

    static final int RECORD_HEADER_BYTES = 13;
    static final int MESSAGE_HEADER_BYTES = 12;
    private static final int MAX_PLAIN_BYTES = 16_384; // RFC 6347 §4.1
    /** RFC 5288 §3: explicit nonce and tag; the library ends the association on less. */
    private static final int MIN_CIPHER_BYTES = 8 + 16;

    private static final int MAX_CIPHER_BYTES = 16_384 + 2_048; // RFC 5246 §6.2.3
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int DTLS_1_0 = 0xfeff;
    private static final int DTLS_1_2 = 0xfefd;

    private DtlsGuard() {}

    /** Whether every record of the datagram is well-formed, as far as can be seen without keys. */
    public static boolean admits(byte[] datagram, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (end - at >= RECORD_HEADER_BYTES) {
            int recordBytes = u16(datagram, at + 11);
            int body = at + RECORD_HEADER_BYTES;
            if (recordBytes == 0 || recordBytes > end - body || !admitsRecord(datagram, at, recordBytes)) {
                return false;
            }
            at = body + recordBytes;
        }
        return at == end && length > 0;
    }

    private static boolean admitsRecord(byte[] datagram, int at, int recordBytes) {
        int type = datagram[at] & 0xff;
        int version = u16(datagram, at + 1);
        if ((version != DTLS_1_2 && version != DTLS_1_0) || type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) {
            return false;
        }
        boolean encrypted = u16(datagram, at + 3) > 0;
        if (encrypted) {
            return recordBytes >= MIN_CIPHER_BYTES && recordBytes <= MAX_CIPHER_BYTES;
        }
        return switch (type) {
            case CHANGE_CIPHER_SPEC -> recordBytes == 1;
            case ALERT -> recordBytes == 2;
            case HANDSHAKE ->
                recordBytes <= MAX_PLAIN_BYTES && admitsMessages(datagram, at + RECORD_HEADER_BYTES, recordBytes);
            default -> false; // application data is never sent in the clear
        };
    }

    private static boolean admitsMessages(byte[] datagram, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (end - at >= MESSAGE_HEADER_BYTES) {
            int messageBytes = u24(datagram, at + 1);
            int fragmentOffset = u24(datagram, at + 6);
            int fragmentBytes = u24(datagram, at + 9);
            at += MESSAGE_HEADER_BYTES;
            if (messageBytes > MAX_MESSAGE_BYTES
                    || fragmentOffset + fragmentBytes > messageBytes
                    || (fragmentBytes == 0 && messageBytes > 0)
                    || fragmentBytes > end - at) {
                return false;
            }
            at += fragmentBytes;
        }
        return at == end;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static int u24(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | u16(bytes, at + 1);
    }
}
