package io.convoke.actors.webbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.C2wConnection;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import java.util.UUID;

/** The edge's one actor: joins and sessions on one side, C2W links on the other. */
public final class Webbridge {
    private Webbridge() {}

    /** What the web bridge is told. All local to the process. */
    public sealed interface Command {}

    /** A callbridge dialled in and passed the TLS handshake. {@code link} is the transport's own name for it, new for each connection. */
    public record LinkUp(UUID link, C2wConnection connection) implements Command {}

    /** The next message on a link. */
    public record LinkMessage(UUID link, C2wMessage message) implements Command {}

    /** A link is gone. */
    public record LinkDown(UUID link, C2wFailure why) implements Command {}

    /** The C2W listener has no certificates, or turned a callbridge away during the handshake: the reason a join without links is refused with. */
    public record ListenerTrouble(C2wFailure why) implements Command {}

    /**
     * Somebody wants to join. Answered once.
     *
     * @param source address that wrong passcodes are counted by
     * @param tracing whether the client asked for a detailed trace
     */
    public record Join(
            JoinForm form, String source, String userAgent, boolean tracing, ActorRef<JoinOutcome> replyTo)
            implements Command {}

    /** A WebSocket's {@code authenticate}. Answered once; {@code client} then gets the session's messages and is watched. */
    public record OpenSession(String token, ActorRef<ToClient> client, ActorRef<SessionOutcome> replyTo)
            implements Command {
        @Override
        public String toString() {
            return "OpenSession[" + client + "]";
        }
    }

    /** A text frame of the client, one JSON object with a {@code type} other than {@code authenticate}, {@code ping} and {@code pong}. */
    public record FromClient(UUID connection, String text) implements Command {}

    /** The WebSocket is gone. */
    public record ClientGone(UUID connection, String reason) implements Command {}
}
