package io.convoke.media.xmpp;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Stream IDs that nobody guesses: 128 bits from the system's generator, drawn many at a time. Not thread-safe. */
final class StreamIds {
    private static final int ID_BYTES = 16;
    private static final int DRAWN = 256;

    private final SecureRandom random = new SecureRandom();
    private final byte[] drawn = new byte[ID_BYTES * DRAWN];
    private int used = drawn.length;

    String next() {
        if (used == drawn.length) {
            random.nextBytes(drawn);
            used = 0;
        }
        String id = HexFormat.of().formatHex(drawn, used, used + ID_BYTES);
        used += ID_BYTES;
        return id;
    }
}
