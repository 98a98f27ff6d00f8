package io.convoke.node.settings;

import io.convoke.actors.xmpp.login.LoginSettings;
import io.convoke.actors.xmpp.server.XmppSettings;
import java.time.Duration;
import java.util.UUID;

/** How logins over XMPP are bounded, {@code convoke.xmpp.logins}: at the server that asks, and at the callbridge that decides. */
public record XmppLogins(
        Duration timeout,
        int maxInProgress,
        int maxGuests,
        Duration stepTimeout,
        Duration bindTimeout,
        Duration loadInterval,
        Duration loadTimeout,
        int maxClientsOfUser,
        int maxRoomsOfClient) {
    static XmppLogins read(SettingsReader logins) throws SettingsFailure {
        return new XmppLogins(
                logins.duration("timeout"),
                logins.whole("max-in-progress", 1, 100_000),
                logins.whole("max-guests", 1, 1_000_000),
                logins.duration("step-timeout"),
                logins.duration("bind-timeout"),
                logins.duration("load-interval"),
                logins.duration("load-timeout"),
                logins.whole("max-clients-of-user", 1, 1_000),
                logins.whole("max-rooms-of-client", 1, 10_000));
    }

    public LoginSettings callbridge(UUID callbridge, int guestHours) {
        LoginSettings defaults = LoginSettings.defaults(callbridge);
        return new LoginSettings(
                callbridge, timeout, maxInProgress, maxGuests, Duration.ofHours(guestHours), defaults.stopWithin());
    }

    public XmppSettings server(UUID server, String domain) {
        XmppSettings defaults = XmppSettings.defaults(server, domain);
        return new XmppSettings(
                server,
                domain,
                defaults.takenWithin(),
                stepTimeout,
                bindTimeout,
                loadInterval,
                loadTimeout,
                maxInProgress,
                maxClientsOfUser,
                maxRoomsOfClient,
                defaults.firstRetry(),
                defaults.longestRetry(),
                defaults.stopWithin());
    }
}
