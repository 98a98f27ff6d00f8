package io.convoke.actors.xmpp.login;

import java.time.Duration;
import java.util.UUID;

/**
 * How patient a callbridge is with logins.
 *
 * @param exchangeTimeout a login that is not over after this is dropped
 * @param maxExchanges logins at once; one more is refused
 * @param maxGuests guests at once that came in over XMPP; one more is refused
 * @param guestLifetime after which a guest's credential expires in any case
 * @param stopWithin how long a stopping callbridge waits for logins in progress
 */
public record LoginSettings(
        UUID callbridge,
        Duration exchangeTimeout,
        int maxExchanges,
        int maxGuests,
        Duration guestLifetime,
        Duration stopWithin) {
    public static LoginSettings defaults(UUID callbridge) {
        return new LoginSettings(
                callbridge, Duration.ofSeconds(30), 256, 10_000, Duration.ofHours(24), Duration.ofSeconds(3));
    }
}
