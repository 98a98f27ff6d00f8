package io.convoke.actors.space;

import java.util.Locale;

/** What a space's fields may hold, and how an address is written. */
final class SpaceLimits {
    private static final int NAME = 200;
    private static final int PASSCODE = 200;
    private static final String CALL_ID = "[0-9]{1,32}";
    private static final String URI = "[^\\s@]{1,200}";

    private SpaceLimits() {}

    /** The space with its URI as it is stored. */
    static NewSpace checked(NewSpace space) {
        String uri = uri(space.uri());
        expect(!space.name().isBlank() && space.name().length() <= NAME, "a name of 1 to " + NAME + " characters");
        expect(uri.matches(URI), "a URI of 1 to 200 characters without white space");
        expect(space.callId() == null || space.callId().matches(CALL_ID), "a call ID of 1 to 32 digits");
        expect(
                space.passcode() == null
                        || (!space.passcode().isEmpty() && space.passcode().length() <= PASSCODE),
                "a passcode of 1 to " + PASSCODE + " characters");
        expect(space.participantLimit() >= 1, "room for at least one participant");
        expect(space.chatHistory() >= 0, "a chat history of 0 or more messages");
        return new NewSpace(
                space.name(),
                uri,
                space.callId(),
                space.passcode(),
                space.participantLimit(),
                space.locked(),
                space.chat(),
                space.chatHistory());
    }

    /** The part before the @, in lower case. */
    static String uri(String given) {
        int at = given.indexOf('@');
        return (at < 0 ? given : given.substring(0, at)).trim().toLowerCase(Locale.ROOT);
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("Expected " + what + ", but the new space has none such");
        }
    }
}
