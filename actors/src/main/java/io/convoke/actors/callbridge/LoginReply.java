package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.callleg.LegDetails;
import java.time.Instant;
import java.util.UUID;

/** The one answer that a web bridge gets to its join; whatever is said after it is not sent. */
final class LoginReply {
    private final long request;
    private final ActorRef<C2wLink.Command> link;
    private boolean given;

    /** {@code request}: the web bridge's own number. */
    LoginReply(long request, ActorRef<C2wLink.Command> link) {
        this.request = request;
        this.link = link;
    }

    void accept(String token, String user, LegDetails leg, UUID callbridge, Instant expires) {
        give(new C2wMessage.JoinAccepted(
                request,
                token,
                user,
                leg.participant(),
                leg.apiCall(),
                callbridge,
                leg.space(),
                leg.spaceName(),
                expires));
    }

    void refuse(LoginResult why) {
        give(new C2wMessage.JoinRefused(request, why.code(), why.detail(), why.retryAfterSeconds()));
    }

    boolean isGiven() {
        return given;
    }

    private void give(C2wMessage.FromCallbridge answer) {
        if (!given) {
            given = true;
            link.tell(new C2wLink.Send(answer));
        }
    }
}
