package io.convoke.media.relay.stream;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One of the handshakes that may go on at once. On its connection's event loop. */
final class HandshakeSeat {
    private final AtomicInteger taken;
    private boolean left;

    private HandshakeSeat(AtomicInteger taken) {
        this.taken = taken;
    }

    /** Null where all are taken. */
    static @Nullable HandshakeSeat take(AtomicInteger taken, int max) {
        if (taken.incrementAndGet() > max) {
            taken.decrementAndGet();
            return null;
        }
        return new HandshakeSeat(taken);
    }

    /** Gives it back. May be called often. */
    void leave() {
        if (!left) {
            left = true;
            taken.decrementAndGet();
        }
    }
}
