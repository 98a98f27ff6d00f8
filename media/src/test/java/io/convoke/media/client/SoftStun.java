package io.convoke.media.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Connectivity checks of a controlling agent (RFC 8445 §7.1), written byte by byte, independently of the code under test. */
@SuppressWarnings("ByteBufferBackingArray") // all buffers are allocated here, on the heap
public final class SoftStun {
    static final int SUCCESS = 0x0101;
    private static final int COOKIE = 0x2112A442;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SoftStun() {}

    /** A Binding request with USE-CANDIDATE, MESSAGE-INTEGRITY and FINGERPRINT. */
    public static byte[] check(String userName, String password) {
        ByteBuffer out = begin(512);
        byte[] name = userName.getBytes(StandardCharsets.UTF_8);
        attribute(out, 0x0006, name);
        attribute(out, 0x0024, new byte[] {0x6e, 0, 1, -1});
        attribute(out, 0x802A, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        attribute(out, 0x0025, new byte[0]);
        out.putShort(2, (short) (out.position() - 20 + 24));
        attribute(out, 0x0008, hmac(password, out));
        out.putShort(2, (short) (out.position() - 20 + 8));
        CRC32 crc = new CRC32();
        crc.update(out.array(), 0, out.position());
        attribute(
                out,
                0x8028,
                ByteBuffer.allocate(4).putInt((int) crc.getValue() ^ 0x5354554e).array());
        return Arrays.copyOf(out.array(), out.position());
    }

    /** A Binding request with nothing in it (RFC 8489 §3). */
    public static byte[] plainBinding() {
        return Arrays.copyOf(begin(20).array(), 20);
    }

    static boolean isSuccess(byte[] bytes, int length) {
        return length >= 20 && ByteBuffer.wrap(bytes).getShort(0) == SUCCESS;
    }

    private static ByteBuffer begin(int room) {
        byte[] transaction = new byte[12];
        RANDOM.nextBytes(transaction);
        return ByteBuffer.allocate(room)
                .putShort((short) 0x0001)
                .putShort((short) 0)
                .putInt(COOKIE)
                .put(transaction);
    }

    private static void attribute(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
    }

    private static byte[] hmac(String password, ByteBuffer message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(message.array(), 0, message.position());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
