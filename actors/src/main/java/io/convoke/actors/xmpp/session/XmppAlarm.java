package io.convoke.actors.xmpp.session;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.state.GetState;
import java.time.Instant;
import java.util.UUID;

/** One alarm that is up: it stands on the board as long as it lives. */
final class XmppAlarm extends AbstractBehavior<XmppAlarm.Command> {
    static final String KIND = "alarms";

    sealed interface Command {}

    private record Asked(GetState question) implements Command {}

    /** What it says. {@code server} is empty where none is known. */
    record Facts(UUID callbridge, String session, AlarmRule rule, String server, String words, String advice)
            implements Command {}

    private final NodeContext node;
    private Facts facts;
    private final String id;
    private final Instant since;

    static Behavior<Command> create(NodeContext node, Facts facts) {
        return Behaviors.setup(context -> new XmppAlarm(context, node, facts));
    }

    private XmppAlarm(ActorContext<Command> context, NodeContext node, Facts facts) {
        super(context);
        this.node = node;
        this.facts = facts;
        this.since = node.clock().instant();
        this.id = facts.rule().type() + "-" + facts.session();
        node.board().register(KIND, id, context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, this::onAsked)
                .onMessage(Facts.class, this::onFacts)
                .build();
    }

    /** The same alarm, for another reason now. */
    private Behavior<Command> onFacts(Facts newer) {
        facts = newer;
        return this;
    }

    private Behavior<Command> onAsked(Asked asked) {
        asked.question()
                .replyTo()
                .tell(new StateJson(KIND, id, node.name(), since, "raised")
                        .with("type", facts.rule().type())
                        .with("failureReason", facts.rule().failureReason())
                        .with("callbridge", facts.callbridge())
                        .with("session", facts.session())
                        .with("server", facts.server())
                        .with("words", facts.words())
                        .with("advice", facts.advice())
                        .snapshot());
        return this;
    }
}
