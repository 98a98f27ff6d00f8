package io.convoke.actors.xmpp.server;

import java.time.Duration;
import java.util.UUID;

/**
 * How the XMPP server behaves.
 *
 * @param server GUID of this node's server
 * @param domain the XMPP domain
 * @param takenWithin after which a stanza that another node has not taken over is given up
 * @param loginWithin how long a callbridge may take for one step of a login
 * @param bindWithin how long a guest who has logged in may take to bind a resource
 * @param loadEvery how often callbridges are asked for their load
 * @param loadWithin a callbridge that does not answer that within this is dropped
 * @param maxLogins logins in progress on this node at once; one more is refused
 * @param maxResources resources of one user
 * @param maxDirected addresses that one client may have sent its presence to
 * @param firstRetry pause after a listener could not be bound; doubles with each further failure
 * @param longestRetry longest such pause
 * @param stopWithin how long a stopping server waits for its clients' last words
 */
public record XmppSettings(
        UUID server,
        String domain,
        Duration takenWithin,
        Duration loginWithin,
        Duration bindWithin,
        Duration loadEvery,
        Duration loadWithin,
        int maxLogins,
        int maxResources,
        int maxDirected,
        Duration firstRetry,
        Duration longestRetry,
        Duration stopWithin) {
    public static XmppSettings defaults(UUID server, String domain) {
        return new XmppSettings(
                server,
                domain,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                256,
                32,
                256,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(3));
    }

    String roomsDomain() {
        return "rooms." + domain;
    }
}
