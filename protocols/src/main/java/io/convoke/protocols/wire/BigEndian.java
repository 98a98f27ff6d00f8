package io.convoke.protocols.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads and writes unsigned integers in network byte order at any array index. */
public final class BigEndian {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    /** Value of one byte, 0..255. */
    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** Value of two bytes, 0..65535. */
    public static int u16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xFFFF;
    }

    /** Value of three bytes, 0..2^24-1. */
    public static int u24(byte[] bytes, int at) {
        return u8(bytes, at) << 16 | u16(bytes, at + 1);
    }

    /** Four bytes as they are; read it as unsigned. */
    public static int i32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    /** Value of four bytes, 0..2^32-1. */
    public static long u32(byte[] bytes, int at) {
        return i32(bytes, at) & 0xFFFF_FFFFL;
    }

    /** Eight bytes as they are; read it as unsigned. */
    public static long i64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Writes the low 8 bits. */
    public static void put8(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
    }

    /** Writes the low 16 bits. */
    public static void put16(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    /** Writes the low 24 bits. */
    public static void put24(byte[] bytes, int at, int value) {
        put8(bytes, at, value >>> 16);
        put16(bytes, at + 1, value);
    }

    /** Writes 32 bits. */
    public static void put32(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    /** Writes 64 bits. */
    public static void put64(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }
}
