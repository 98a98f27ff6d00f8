package io.convoke.actors.webbridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a join form must hold (client protocol §1). */
final class JoinFormRule {
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_CALL_ID = 32;
    private static final int LONGEST_OTHER = 256;

    private JoinFormRule() {}

    /** Empty: the form is in order. */
    static Optional<JoinOutcome.Refused> check(JoinForm form) {
        String name = form.name();
        if (name == null || name.isBlank()) {
            return bad("name", "1 to " + LONGEST_NAME + " characters", "nothing");
        }
        int length = name.codePointCount(0, name.length());
        if (length > LONGEST_NAME) {
            return bad("name", "1 to " + LONGEST_NAME + " characters", length + " characters");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            return bad("name", "no control characters", "a control character");
        }
        List<String> given = new ArrayList<>();
        note(given, "callId", form.callId());
        note(given, "uri", form.uri());
        note(given, "secret", form.secret());
        if (given.size() != 1) {
            return bad(
                    "callId",
                    "exactly one of callId, uri and secret",
                    given.isEmpty() ? "none of them" : String.join(" and ", given));
        }
        String callId = form.callId();
        if (callId != null && !callId.matches("[0-9]{1," + LONGEST_CALL_ID + "}")) {
            return bad("callId", "1 to " + LONGEST_CALL_ID + " digits", "something else");
        }
        if (emptyOrTooLong(form.uri())) {
            return bad("uri", "1 to " + LONGEST_OTHER + " characters", "nothing, or more");
        }
        if (emptyOrTooLong(form.secret())) {
            return bad("secret", "1 to " + LONGEST_OTHER + " characters", "nothing, or more");
        }
        if (tooLong(form.passcode())) {
            return bad("passcode", "at most " + LONGEST_OTHER + " characters", "more");
        }
        return Optional.empty();
    }

    private static void note(List<String> given, String name, @Nullable String value) {
        if (value != null) {
            given.add(name);
        }
    }

    private static boolean emptyOrTooLong(@Nullable String value) {
        return value != null && (value.isBlank() || tooLong(value));
    }

    private static boolean tooLong(@Nullable String value) {
        return value != null && value.length() > LONGEST_OTHER;
    }

    private static Optional<JoinOutcome.Refused> bad(String field, String expected, String found) {
        return Optional.of(Refusals.badRequest(
                "The field \"" + field + "\" is wrong: expected " + expected + ", but found " + found + ".",
                expected,
                found));
    }
}
