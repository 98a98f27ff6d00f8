package io.convoke.actors.space;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Mistakes of one source, or at one space. */
final class GuessCounter {
    private int mistakes;
    private int underWay;
    private long lastNanos;
    private @Nullable UUID onlySpace;

    int mistakes() {
        return mistakes;
    }

    int underWay() {
        return underWay;
    }

    /** When the last attempt began or failed. */
    long lastNanos() {
        return lastNanos;
    }

    void forgetAfter(Duration quiet, long nowNanos) {
        if ((mistakes > 0 || underWay > 0) && nowNanos - lastNanos > quiet.toNanos()) {
            mistakes = 0;
            underWay = 0;
            onlySpace = null;
        }
    }

    void begin(long nowNanos) {
        underWay++;
        lastNanos = nowNanos;
    }

    void failed(UUID space, long nowNanos) {
        end();
        onlySpace = mistakes == 0 || space.equals(onlySpace) ? space : null;
        mistakes++;
        lastNanos = nowNanos;
    }

    void succeeded(UUID space) {
        end();
        if (space.equals(onlySpace)) {
            mistakes = 0;
            onlySpace = null;
        }
    }

    void end() {
        underWay = Math.max(0, underWay - 1);
    }
}
