package io.convoke.protocols.srtp;

import io.convoke.protocols.wire.BigEndian;

/**
 * GHASH in Java. Carry-less products come from ordinary multiplications of numbers with three zero bits between any two bits, where sums of up
 * to 15 cannot carry into the next: no table is looked up by, and nothing branches on, key or data. Four blocks at a time are multiplied with the
 * fourth to the first power of the key, and their sum is reduced once.
 *
 * <p>Bits are numbered as GCM does: the top bit of the first byte is the coefficient of x^0. A product of two such 128-bit numbers comes out one
 * bit too low.
 */
final class JavaGhash implements Ghash {
    private static final int POWERS = 4;
    /** Of each power: low half, high half and their sum, and the three mirrored; of each the four spread parts. */
    private static final int LONGS_PER_POWER = 24;

    private static final long SPREAD_0 = 0x1111_1111_1111_1111L;
    private static final long SPREAD_1 = SPREAD_0 << 1;
    private static final long SPREAD_2 = SPREAD_0 << 2;
    private static final long SPREAD_3 = SPREAD_0 << 3;

    private final long[] powers = new long[POWERS * LONGS_PER_POWER];
    private final long[] low = new long[POWERS];
    private final long[] high = new long[POWERS];
    private long stateHigh;
    private long stateLow;

    JavaGhash(byte[] subkey) {
        long keyHigh = BigEndian.i64(subkey, 0);
        long keyLow = BigEndian.i64(subkey, 8);
        spread(0, keyHigh, keyLow);
        stateHigh = keyHigh;
        stateLow = keyLow;
        for (int power = 1; power < POWERS; power++) {
            high[0] = stateHigh;
            low[0] = stateLow;
            multiply(1);
            spread(power, stateHigh, stateLow);
        }
        reset();
    }

    @Override
    public void reset() {
        stateHigh = 0;
        stateLow = 0;
    }

    @Override
    public void update(byte[] data, int offset, int length) {
        int at = offset;
        int left = length / BLOCK_BYTES;
        while (left > 0) {
            int blocks = Math.min(left, POWERS);
            for (int i = 0; i < blocks; i++, at += BLOCK_BYTES) {
                high[i] = BigEndian.i64(data, at);
                low[i] = BigEndian.i64(data, at + 8);
            }
            high[0] ^= stateHigh;
            low[0] ^= stateLow;
            multiply(blocks);
            left -= blocks;
        }
    }

    @Override
    public long high() {
        return stateHigh;
    }

    @Override
    public long low() {
        return stateLow;
    }

    private void spread(int power, long keyHigh, long keyLow) {
        long[] parts = {keyLow, keyHigh, keyLow ^ keyHigh};
        for (int i = 0; i < parts.length; i++) {
            spreadAt(power * LONGS_PER_POWER + 4 * i, parts[i]);
            spreadAt(power * LONGS_PER_POWER + 4 * (i + parts.length), Long.reverse(parts[i]));
        }
    }

    private void spreadAt(int at, long value) {
        powers[at] = value & SPREAD_0;
        powers[at + 1] = value & SPREAD_1;
        powers[at + 2] = value & SPREAD_2;
        powers[at + 3] = value & SPREAD_3;
    }

    /** State = the sum of block i times key^(blocks - i). Karatsuba on halves of 64 bits. */
    private void multiply(int blocks) {
        long l0 = products(0, blocks, 0);
        long h0 = products(1, blocks, 0);
        long m0 = products(2, blocks, 0) ^ l0 ^ h0;
        // The low 64 bits of a product of mirrored numbers are, mirrored, the upper 64 of its 127.
        long l1 = Long.reverse(products(0, blocks, 12)) >>> 1;
        long h1 = Long.reverse(products(1, blocks, 12)) >>> 1;
        long m1 = (Long.reverse(products(2, blocks, 12)) >>> 1) ^ l1 ^ h1;
        reduce(h1, h0 ^ m1, l1 ^ m0, l0);
    }

    /** Low 64 bits of the sum of products of one part of each block, mirrored where {@code mirrored} is 12, with the same part of its power. */
    private long products(int part, int blocks, int mirrored) {
        long z0 = 0;
        long z1 = 0;
        long z2 = 0;
        long z3 = 0;
        for (int i = 0; i < blocks; i++) {
            long value = part == 0 ? low[i] : part == 1 ? high[i] : low[i] ^ high[i];
            value = mirrored == 0 ? value : Long.reverse(value);
            int at = (blocks - 1 - i) * LONGS_PER_POWER + mirrored + 4 * part;
            long y0 = powers[at];
            long y1 = powers[at + 1];
            long y2 = powers[at + 2];
            long y3 = powers[at + 3];
            long x0 = value & SPREAD_0;
            long x1 = value & SPREAD_1;
            long x2 = value & SPREAD_2;
            long x3 = value & SPREAD_3;
            z0 ^= x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1;
            z1 ^= x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2;
            z2 ^= x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3;
            z3 ^= x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0;
        }
        return (z0 & SPREAD_0) | (z1 & SPREAD_1) | (z2 & SPREAD_2) | (z3 & SPREAD_3);
    }

    /** A 255-bit product, v3 on top: moved up by its one bit, then x^128 = x^7 + x^2 + x + 1, the lowest 64 bits first. */
    private void reduce(long v3, long v2, long v1, long v0) {
        long p3 = v3 << 1 | v2 >>> 63;
        long p2 = v2 << 1 | v1 >>> 63;
        long p1 = v1 << 1 | v0 >>> 63;
        long p0 = v0 << 1;
        p1 ^= p0 << 63 ^ p0 << 62 ^ p0 << 57;
        p2 ^= p0 ^ p0 >>> 1 ^ p0 >>> 2 ^ p0 >>> 7;
        p2 ^= p1 << 63 ^ p1 << 62 ^ p1 << 57;
        p3 ^= p1 ^ p1 >>> 1 ^ p1 >>> 2 ^ p1 >>> 7;
        stateHigh = p3;
        stateLow = p2;
    }
}
