package io.convoke.actors.node;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.convoke.actors.state.GetState;
import java.time.Instant;
import java.util.function.LongSupplier;

/** What only a core node itself knows of its membership in the cluster; shown with the member, whichever node is asked. */
public final class MemberState extends AbstractBehavior<MemberState.Command> {
    /** Its kind on the board. */
    public static final String KIND = "members";

    public sealed interface Command {}

    private record Asked(GetState question) implements Command {}

    private final String id;
    private final NodeContext node;
    private final Instant upSince;
    private final LongSupplier droppedLines;

    /**
     * To be started when the node is up.
     *
     * @param id the member's, as {@code /state/cluster} has it
     * @param droppedLines how many log lines this node has lost so far
     */
    public static Behavior<Command> create(String id, NodeContext node, LongSupplier droppedLines) {
        return Behaviors.setup(context -> new MemberState(context, id, node, droppedLines));
    }

    private MemberState(ActorContext<Command> context, String id, NodeContext node, LongSupplier droppedLines) {
        super(context);
        this.id = id;
        this.node = node;
        this.droppedLines = droppedLines;
        this.upSince = node.clock().instant();
        node.board().register(KIND, id, context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onMessage(Asked.class, this::onAsked).build();
    }

    private Behavior<Command> onAsked(Asked asked) {
        asked.question()
                .replyTo()
                .tell(new StateJson(KIND, id, node.name(), upSince, "up")
                        .with("logLinesDropped", droppedLines.getAsLong())
                        .snapshot());
        return this;
    }
}
