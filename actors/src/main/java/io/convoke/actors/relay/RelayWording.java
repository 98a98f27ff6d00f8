package io.convoke.actors.relay;

import io.convoke.actors.trace.Facility;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.Severity;
import io.convoke.media.relay.AllocationView;
import io.convoke.protocols.turn.Admission;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The relay's lines in the log; a participant's carry who that is. Clients' addresses stay out of them. */
final class RelayWording {
    private static final String PROGRAM = "turn";
    private static final int LONGEST_NAME = 80;

    private final Journal journal;

    RelayWording(Journal journal) {
        this.journal = journal;
    }

    void write(RelayNews.News news) {
        if (news instanceof RelayNews.Made made) {
            AllocationView allocation = made.allocation();
            say(
                    Severity.INFO,
                    "relayAllocated",
                    allocation.username(),
                    "TURN : allocation " + allocation.id() + " made for " + name(allocation.username()) + " over "
                            + word(allocation.transport()) + ", relayed address " + allocation.relayed());
        } else if (news instanceof RelayNews.Ended ended) {
            AllocationView allocation = ended.allocation();
            say(
                    Severity.INFO,
                    "relayEnded",
                    allocation.username(),
                    "TURN : allocation " + allocation.id() + " of " + name(allocation.username()) + " ended ("
                            + word(ended.why()) + "): " + allocation.packetsToPeers() + " packets to peers, "
                            + allocation.packetsToClient() + " to the client, " + allocation.packetsDropped()
                            + " dropped");
        } else if (news instanceof RelayNews.Refused refused) {
            say(
                    Severity.WARNING,
                    "relayRefused",
                    refused.username(),
                    "TURN : an allocation was refused to " + name(refused.username()) + ": " + why(refused.why()));
        } else if (news instanceof RelayNews.Denied denied) {
            // Whoever has no password can write any name, also a participant's.
            boolean somebody = denied.why() == Denial.WRONG_PASSWORD || denied.why() == Denial.CALL_OVER;
            say(
                    Severity.WARNING,
                    "relayDenied",
                    somebody ? denied.username() : "",
                    "TURN : a request of " + name(denied.username()) + " was answered 401: "
                            + denied.why().words());
        } else if (news instanceof RelayNews.PeerRefused refused) {
            say(
                    Severity.WARNING,
                    "relayPeerRefused",
                    refused.username(),
                    "TURN : " + name(refused.username()) + " may not reach " + refused.peer() + " (403)");
        }
    }

    void untold(long count) {
        say(Severity.WARNING, "relayLinesLeftOut", "", "TURN : " + count + " lines like these were left out");
    }

    void drains(boolean draining) {
        say(
                Severity.INFO,
                draining ? "relayDrains" : "relayServes",
                "",
                draining ? "TURN : no new allocations from now on" : "TURN : new allocations are taken again");
    }

    private static String why(Admission.Refused why) {
        return switch (why) {
            case QUOTA -> "the user's or the source's quota is used up (486)";
            case FULL -> "the relay takes no more (508)";
            case FORBIDDEN -> "the user may not allocate (403)";
        };
    }

    private void say(Severity severity, String step, String username, String text) {
        @Nullable UUID participant = ParticipantBook.participantOf(username);
        journal.record(Facility.USER, severity, PROGRAM, step, Ids.none().withParticipant(participant), text);
    }

    /** Names are chosen by whoever has the shared secret. */
    private static String name(String username) {
        String plain = username.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME) + "…";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
