package io.convoke.actors.callleg;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call leg's line to its client: the connection it has at the moment, and the entry it came in through. For the leg's own thread. The entry stays known
 * when the connection is gone: through it the web bridge learns what becomes of the call.
 */
final class ClientLine {
    /** A conference that says nothing may be moving away from a node that died. */
    private static final int MOST_REMINDERS = 6;

    private final ActorContext<CallLeg.Command> context;
    private final UUID participant;
    private final Function<UUID, CallLeg.Command> whenEntryGone;
    private @Nullable UUID connection;
    private @Nullable ActorRef<ToEntry> entry;
    private boolean opened;
    private int timesAsked;

    /** {@code whenEntryGone}: what the leg is told when the entry of that connection has terminated. */
    ClientLine(ActorContext<CallLeg.Command> context, UUID participant, Function<UUID, CallLeg.Command> whenEntryGone) {
        this.context = context;
        this.participant = participant;
        this.whenEntryGone = whenEntryGone;
    }

    /** Only remembers whom to answer: the leg does not know yet what it is. */
    void note(@Nullable UUID from, @Nullable ActorRef<ToEntry> through) {
        connection = from;
        entry = through;
    }

    /** The client is there from now on; the entry is watched. */
    void attach(UUID to, ActorRef<ToEntry> through) {
        if (entry != null) {
            context.unwatch(entry);
        }
        note(to, through);
        opened = true;
        context.watchWith(through, whenEntryGone.apply(to));
    }

    void detach() {
        if (entry != null) {
            context.unwatch(entry);
        }
        connection = null;
    }

    /** Ends a connection that another one through {@code by} replaces; through the same entry, the web bridge closes it itself. */
    void replaced(ActorRef<ToEntry> by) {
        if (connection != null && entry != null && !entry.equals(by)) {
            entry.tell(new ToEntry.End(participant, connection, "replaced", "Another connection took over."));
        }
    }

    void down(String text) {
        if (entry != null && connection != null) {
            entry.tell(new ToEntry.Down(participant, text));
        }
    }

    /** Asks the conference what this leg is; false when it has been asked too often. */
    boolean askWhoThisIs() {
        if (timesAsked++ == MOST_REMINDERS) {
            return false;
        }
        whoIsThis();
        return true;
    }

    void whoIsThis() {
        if (entry != null) {
            entry.tell(new ToEntry.WhoIsThis(participant));
        }
    }

    void end(String code, String detail) {
        if (entry != null) {
            // A connection that is gone already has no name any more, but the web bridge still wants to write its audit
            // line.
            entry.tell(new ToEntry.End(participant, connection == null ? participant : connection, code, detail));
        }
    }

    boolean isAt(UUID one) {
        return one.equals(connection);
    }

    @Nullable
    UUID connection() {
        return connection;
    }

    @Nullable
    ActorRef<ToEntry> entry() {
        return entry;
    }

    /** Whether a client was ever there. */
    boolean opened() {
        return opened;
    }
}
