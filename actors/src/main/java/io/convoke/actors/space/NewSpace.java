package io.convoke.actors.space;

import org.jspecify.annotations.Nullable;

/**
 * A space to be made.
 *
 * @param name what people call it; 1 to 200 characters
 * @param uri the part before the @ of its address; 1 to 200 characters without white space
 * @param callId 1 to 32 digits that people type, or null for none
 * @param passcode what people must type to get in, or null for none
 * @param participantLimit how many may be in it at once, at least 1
 * @param locked whether it admits nobody from the start
 * @param chat whether it has a chat
 * @param chatHistory how many messages of the chat are kept, at least 0; 0: nothing is stored
 */
public record NewSpace(
        String name,
        String uri,
        @Nullable String callId,
        @Nullable String passcode,
        int participantLimit,
        boolean locked,
        boolean chat,
        int chatHistory) {
    private static final int USUAL_CHAT_HISTORY = 100;

    /** One with a chat. */
    public NewSpace(
            String name,
            String uri,
            @Nullable String callId,
            @Nullable String passcode,
            int participantLimit,
            boolean locked) {
        this(name, uri, callId, passcode, participantLimit, locked, true, USUAL_CHAT_HISTORY);
    }

    /** One with a chat that is open. */
    public NewSpace(String name, String uri, @Nullable String callId, @Nullable String passcode, int participantLimit) {
        this(name, uri, callId, passcode, participantLimit, false);
    }

    /** Everything but the passcode. */
    @Override
    public String toString() {
        return "NewSpace[\"" + name + "\" " + uri + "]";
    }
}
