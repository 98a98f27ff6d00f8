package io.convoke.actors.conference;

import io.convoke.actors.conference.ConferenceCommand.Locate;
import org.jspecify.annotations.Nullable;

/** Who was told to host a conference that nobody hosts yet: the first who asked, for as long as it may take. Pure: the time is an argument. */
final class Reservation {
    private final long lengthNanos;
    private @Nullable Locate holder;
    private long untilNanos;

    Reservation(long lengthNanos) {
        this.lengthNanos = lengthNanos;
    }

    /** The one to host: who held the place already, or else who asks now. */
    Locate take(Locate asking, long nowNanos) {
        Locate present = holder;
        if (present != null && untilNanos - nowNanos > 0) {
            return present;
        }
        holder = asking;
        untilNanos = nowNanos + lengthNanos;
        return asking;
    }

    void clear() {
        holder = null;
    }

    boolean isHeld(long nowNanos) {
        return holder != null && untilNanos - nowNanos > 0;
    }
}
