package io.convoke.actors.xmpp.session;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.convoke.actors.state.GetState;
import java.time.Instant;

/** Stands in a session's place while there is nothing to register with, and says why. */
final class IdleSession extends AbstractBehavior<IdleSession.Command> {
    sealed interface Command {}

    private record Asked(GetState question) implements Command {}

    enum Reason implements Command {
        UNCONFIGURED,
        DATABASE
    }

    private final SessionContext shared;
    private Reason reason;
    private final String id;
    private final Instant since;

    static Behavior<Command> create(SessionContext shared, Reason reason) {
        return Behaviors.setup(context -> new IdleSession(context, shared, reason));
    }

    private IdleSession(ActorContext<Command> context, SessionContext shared, Reason reason) {
        super(context);
        this.shared = shared;
        this.reason = reason;
        this.id = XmppComponentSession.id(shared.callbridge(), "");
        this.since = shared.node().clock().instant();
        shared.node()
                .board()
                .register(XmppComponentSession.KIND, id, context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, this::onAsked)
                .onMessage(Reason.class, this::onReason)
                .build();
    }

    private Behavior<Command> onReason(Reason another) {
        reason = another;
        return this;
    }

    private Behavior<Command> onAsked(Asked asked) {
        SessionJson json = new SessionJson(
                id,
                shared.node().name(),
                shared.callbridge(),
                false,
                shared.node().clock().instant(),
                shared.node().nanos().getAsLong());
        asked.question()
                .replyTo()
                .tell(
                        switch (reason) {
                            case DATABASE ->
                                json.idle(
                                        since,
                                        "waiting",
                                        "databaseUnavailable",
                                        "Expected to read this callbridge's XMPP configuration, but the database does not answer",
                                        "Check the database; it is asked again every few seconds.");
                            case UNCONFIGURED ->
                                json.idle(
                                        since,
                                        "unconfigured",
                                        "unconfigured",
                                        "Expected an XMPP configuration of this callbridge, but there is none",
                                        "Set unique name, domain and shared secret in the web admin (Configuration > General) or through"
                                                + " /api/v1/system/configuration/xmpp.");
                        });
        return this;
    }
}
