package io.convoke.actors.callbridge;

import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.c2w.SessionToken;
import io.convoke.actors.callleg.LegDetails;
import io.convoke.actors.conference.HostCommand;
import io.convoke.actors.guest.Credential;
import io.convoke.actors.guest.NewGuest;
import java.time.Instant;
import java.util.UUID;

/**
 * Who a guest is for the length of one call.
 *
 * @param user the account's ID: {@code guest} and ten digits
 * @param participant GUID of the call leg to be
 * @param secret 256 random bits that the token carries and the database knows only the hash of
 */
record GuestIdentity(String user, UUID participant, String secret) {
    static GuestIdentity fresh() {
        NewGuest guest = NewGuest.fresh();
        return new GuestIdentity(guest.user(), guest.participant(), guest.secret());
    }

    Credential credential(UUID callbridge, Instant expires) {
        return new NewGuest(user, participant, secret).credential(callbridge, expires);
    }

    /** {@code callbridge}: through which the session enters, which need not be the one that hosts the leg. */
    SessionToken token(LegDetails leg, UUID callbridge, boolean tracing, Instant expires) {
        return new SessionToken(
                user, leg.name(), participant, leg.apiCall(), callbridge, leg.session(), leg.space(), tracing, expires);
    }

    /** What the host is asked to admit. {@code number}: the login request's. */
    HostCommand.LegRequest leg(long number, C2wMessage.Join join) {
        return new HostCommand.LegRequest(
                participant, user, join.name(), join.session(), number, BrowserName.of(join.userAgent()));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "GuestIdentity[" + user + " " + participant + "]";
    }
}
