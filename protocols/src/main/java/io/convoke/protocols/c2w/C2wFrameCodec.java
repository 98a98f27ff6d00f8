package io.convoke.protocols.c2w;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frames as bytes. Numbers are big-endian and unsigned:
 *
 * <pre>
 *  0      1      2              10           11        11+n             15+n
 * +------+------+--------------+------------+---------+----------------+---------+
 * | ver  | kind | id (8 bytes) | n, 0 to 64 | name    | length (4)     | payload |
 * +------+------+--------------+------------+---------+----------------+---------+
 * </pre>
 *
 * A message holds exactly one frame. The version is the first byte for all time, so that a peer of another one can be told apart.
 */
public final class C2wFrameCodec {
    /** The version of the frame's layout. */
    public static final int VERSION = 1;
    /** Bytes around name and payload. */
    public static final int OVERHEAD_BYTES = 15;

    static final int MAX_NAME_BYTES = 64;
    private static final C2wFrame.Kind[] KINDS = C2wFrame.Kind.values();

    /** What a message turned out to hold. */
    public sealed interface Decoded {
        /** A frame. */
        record Frame(C2wFrame frame) implements Decoded {}

        /** No frame of this version. {@code found} never quotes the payload. */
        record Rejected(boolean otherVersion, String expected, String found) implements Decoded {}
    }

    private C2wFrameCodec() {}

    /** Bytes of a frame that this program made; the name and the payload's presence must fit the kind. */
    public static byte[] encode(C2wFrame frame) {
        byte[] name = frame.name().getBytes(StandardCharsets.US_ASCII);
        if (!nameFits(frame.kind(), name.length)
                || !isWord(name, 0, name.length)
                || (frame.kind().isProbe() && frame.payload().length > 0)) {
            throw new IllegalArgumentException(
                    "Expected a frame with a name of letters and digits, but found " + frame);
        }
        return ByteBuffer.allocate(OVERHEAD_BYTES + name.length + frame.payload().length)
                .put((byte) VERSION)
                .put((byte) frame.kind().code())
                .putLong(frame.id())
                .put((byte) name.length)
                .put(name)
                .putInt(frame.payload().length)
                .put(frame.payload())
                .array();
    }

    /** The frame in these bytes, or why there is none. Never throws on any bytes. */
    public static Decoded decode(byte[] message, int maxPayloadBytes) {
        if (message.length == 0) {
            return rejected("a frame", "an empty message");
        }
        int version = message[0] & 0xff;
        if (version != VERSION) {
            return new Decoded.Rejected(true, "version " + VERSION, "version " + version);
        }
        if (message.length < OVERHEAD_BYTES) {
            return rejected("at least " + OVERHEAD_BYTES + " bytes", message.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(message, 1, message.length - 1);
        int code = in.get();
        if (code < 1 || code > KINDS.length) {
            return rejected("a kind from 1 to " + KINDS.length, "kind " + (code & 0xff));
        }
        C2wFrame.Kind kind = KINDS[code - 1];
        long id = in.getLong();
        int nameLength = in.get() & 0xff;
        if (!nameFits(kind, nameLength) || in.remaining() < nameLength + 4) {
            return rejected("a " + kind + " with a name and a length", "a name of " + nameLength + " bytes");
        }
        if (!isWord(message, in.position(), nameLength)) {
            return rejected("a name of letters and digits", "something else");
        }
        String name = new String(message, in.position(), nameLength, StandardCharsets.US_ASCII);
        in.position(in.position() + nameLength);
        long payloadLength = in.getInt() & 0xffff_ffffL;
        if (payloadLength != in.remaining()) {
            return rejected(payloadLength + " bytes of payload", in.remaining() + " bytes");
        }
        int most = kind.isProbe() ? 0 : maxPayloadBytes;
        if (payloadLength > most) {
            return rejected("at most " + most + " bytes of payload", payloadLength + " bytes");
        }
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        return new Decoded.Frame(new C2wFrame(kind, id, name, payload));
    }

    private static boolean nameFits(C2wFrame.Kind kind, int length) {
        return kind.isProbe() ? length == 0 : length > 0 && length <= MAX_NAME_BYTES;
    }

    private static boolean isWord(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            int c = bytes[i];
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) {
                return false;
            }
        }
        return true;
    }

    private static Decoded rejected(String expected, String found) {
        return new Decoded.Rejected(false, expected, found);
    }
}
