package io.convoke.protocols.turn;

import io.convoke.protocols.wire.BigEndian;

/**
 * A ChannelData message (RFC 8656 §12.4).
 *
 * <pre>
 * bytes 0-1  channel number, 0x4000..0x7FFF    bytes 2-3  length of the data
 * then the data; on a stream filled up to a multiple of 4, over UDP perhaps
 * </pre>
 *
 * <p>RFC 8656 gives out 0x4000 to 0x4FFF only. Clients of RFC 5766 choose from the whole range, and whether they may is up to the server that
 * binds channels ({@link TurnFeatures#oldChannels}): to tell a message by its first bytes there is no need to know.
 */
public final class ChannelData {
    public static final int HEADER_BYTES = 4;
    public static final int MIN_NUMBER = 0x4000;
    public static final int MAX_NUMBER = 0x7FFF;
    public static final int MAX_DATA_BYTES = 0xFFFF;

    private static final int INVALID = -1;

    private ChannelData() {}

    /** Whether a message may begin with this number. */
    public static boolean isNumber(int number) {
        return number >= MIN_NUMBER && number <= MAX_NUMBER;
    }

    /**
     * Reads the header of a message in a datagram: the channel's number, -1 if it is none, or more data is
     * announced than arrived.
     */
    public static int number(byte[] bytes, int offset, int length) {
        return length < HEADER_BYTES ? INVALID : number(BigEndian.i32(bytes, offset), length);
    }

    /**
     * The same from the first four bytes as one number.
     *
     * @param length of the datagram
     */
    public static int number(int header, int length) {
        return isNumber(header >>> 16) && HEADER_BYTES + dataLength(header) <= length ? header >>> 16 : INVALID;
    }

    /** Bytes of data that the header announces, 0 to 65,535. */
    public static int dataLength(int header) {
        return header & 0xFFFF;
    }

    /** The same, reading the header. */
    public static int dataLength(byte[] bytes, int offset) {
        return BigEndian.u16(bytes, offset + 2);
    }

    /** The header as one number, as it is sent in network byte order. */
    public static int header(int number, int dataLength) {
        return number << 16 | dataLength;
    }

    /** Writes the header in front of the data. */
    public static void writeHeader(byte[] bytes, int offset, int number, int dataLength) {
        BigEndian.put32(bytes, offset, header(number, dataLength));
    }

    /** Bytes that fill up a message with this much data on a stream, 0 to 3. */
    public static int padding(int dataLength) {
        return -dataLength & 3;
    }
}
