package io.convoke.actors.webbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.SessionToken;
import io.convoke.actors.trace.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A client's session WebSocket, or what is remembered of it until its call is over. */
final class EdgeSession {
    final UUID connection;
    final SessionToken token;
    final LinkTable.Link link;

    @Nullable
    ActorRef<ToClient> client;

    boolean leaveLogged;

    EdgeSession(UUID connection, SessionToken token, LinkTable.Link link, ActorRef<ToClient> client) {
        this.connection = connection;
        this.token = token;
        this.link = link;
        this.client = client;
    }

    Ids ids() {
        return Ids.none()
                .withUser(token.user())
                .withParticipant(token.participant())
                .withSpace(token.space())
                .withApiCall(token.call())
                .withCallbridge(token.callbridge())
                .withSession(token.session());
    }
}
