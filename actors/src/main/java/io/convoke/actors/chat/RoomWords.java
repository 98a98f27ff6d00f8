package io.convoke.actors.chat;

import io.convoke.actors.space.Space;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.trace.Journal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a room tells people and the log; never what was said in it. */
final class RoomWords {
    static final String UNAVAILABLE =
            "The chat cannot be kept at the moment, so nothing was sent. Try again in a few seconds.";
    static final String TOO_MANY = "That was too much at once. Wait a moment.";

    private final Journal journal;
    private final UUID room;

    RoomWords(Journal journal, UUID room) {
        this.journal = journal;
        this.room = room;
    }

    static String tooLong(int most, int found) {
        return "A message may have " + most + " characters, but this one has " + found + ".";
    }

    void entered(Space space, Occupant occupant) {
        say("chatEntered", space, occupant, "entered");
    }

    void left(@Nullable Space space, Occupant occupant, boolean failed) {
        say("chatLeft", space, occupant, failed ? "is gone (its client cannot be reached)" : "left");
    }

    /** For people; an exception's words without its type, as far as it has any. */
    static String reason(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root == null) {
            return "unknown";
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private void say(String step, @Nullable Space space, Occupant occupant, String what) {
        String name = space == null ? room.toString() : harmless(space.name());
        journal.record(
                step,
                Ids.none().withSpace(room).withUser(occupant.address().local()),
                "chat of \"" + name + "\": XMPP user " + occupant.address() + " " + what + " as \""
                        + harmless(occupant.nick()) + "\"");
    }

    private static String harmless(String typed) {
        return typed.replace('"', '\'');
    }
}
