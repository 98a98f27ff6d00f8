package io.convoke.actors.webbridge;

import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.relay.RelayAccess;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Whose access to the relay is open: from the answer to their join until their call is over. Whoever has no session, and is told of no end, loses it after a
 * while. For the web bridge's own thread.
 */
final class RelayGuests {
    private final RelayAccess relay;
    private final TimerScheduler<Webbridge.Command> timers;
    private final Duration patience;
    private final Set<UUID> open = new HashSet<>();

    /** {@code patience}: how long somebody may be without a session. */
    RelayGuests(RelayAccess relay, TimerScheduler<Webbridge.Command> timers, Duration patience) {
        this.relay = relay;
        this.timers = timers;
        this.patience = patience;
    }

    void joined(UUID participant) {
        open.add(participant);
        wait(participant);
    }

    void opened(UUID participant) {
        timers.cancel(key(participant));
    }

    /** The session is gone, but the call may go on. */
    void lost(UUID participant) {
        if (open.contains(participant)) {
            wait(participant);
        }
    }

    /** The call is over. */
    void over(UUID participant) {
        if (open.remove(participant)) {
            timers.cancel(key(participant));
            relay.close(participant);
        }
    }

    void allOver() {
        List.copyOf(open).forEach(this::over);
    }

    private void wait(UUID participant) {
        timers.startSingleTimer(key(participant), new Webbridge.RelayUnused(participant), patience);
    }

    private static String key(UUID participant) {
        return "relay-" + participant;
    }
}
