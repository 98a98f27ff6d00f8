package io.convoke.actors.callleg;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call leg's line to whoever anchors its media: there is one at most, and it is watched. For the leg's own thread. */
final class AnchorLine {
    private static final Duration DESCRIPTION_TIMEOUT = Duration.ofMillis(800);

    private final ActorContext<CallLeg.Command> context;
    private final Function<ActorRef<ToAnchor>, CallLeg.Command> whenGone;
    private @Nullable ActorRef<ToAnchor> anchor;

    /** {@code whenGone}: what the leg is told when that anchor has terminated. */
    AnchorLine(ActorContext<CallLeg.Command> context, Function<ActorRef<ToAnchor>, CallLeg.Command> whenGone) {
        this.context = context;
        this.whenGone = whenGone;
    }

    /** False: it is that one already. */
    boolean to(ActorRef<ToAnchor> another) {
        if (another.equals(anchor)) {
            return false;
        }
        if (anchor != null) {
            context.unwatch(anchor);
        }
        anchor = another;
        context.watchWith(another, whenGone.apply(another));
        return true;
    }

    boolean isTo(ActorRef<ToAnchor> one) {
        return one.equals(anchor);
    }

    void tell(ToAnchor message) {
        if (anchor != null) {
            anchor.tell(message);
        }
    }

    /** Asks for the media's state as JSON; {@code answered} makes the leg's command of it, null where nobody answered. */
    void describe(UUID participant, Function<@Nullable String, CallLeg.Command> answered) {
        if (anchor == null) {
            context.getSelf().tell(answered.apply(null));
            return;
        }
        context.ask(
                ToAnchor.Description.class,
                anchor,
                DESCRIPTION_TIMEOUT,
                (ActorRef<ToAnchor.Description> to) -> new ToAnchor.Describe(participant, to),
                (description, failure) -> answered.apply(description == null ? null : description.json()));
    }
}
