package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.C2wFailure;
import org.jspecify.annotations.Nullable;

/** Refused joins with the status and title that the client protocol (§1) gives each code. */
final class Refusals {
    private Refusals() {}

    static JoinOutcome.Refused of(String code, String detail, @Nullable Integer retryAfterSeconds) {
        return switch (code) {
            case "unknownCall" -> refused(404, code, "No such meeting", detail, retryAfterSeconds);
            case "wrongPasscode" -> refused(403, code, "Wrong passcode", detail, retryAfterSeconds);
            case "locked" -> refused(423, code, "The meeting is locked", detail, retryAfterSeconds);
            case "full" -> refused(409, code, "The meeting is full", detail, retryAfterSeconds);
            case "tooManyAttempts" -> refused(429, code, "Too many wrong passcodes", detail, retryAfterSeconds);
            case "databaseUnavailable" -> refused(503, code, "No database", detail, retryAfterSeconds);
            case "tooBusy" -> refused(503, code, "Too busy", detail, retryAfterSeconds);
            default -> refused(503, "callbridgeUnavailable", "No callbridge", detail, retryAfterSeconds);
        };
    }

    static JoinOutcome.Refused badRequest(String detail, String expected, String found) {
        return new JoinOutcome.Refused(400, "badRequest", "Bad request", detail, expected, found, null);
    }

    /** No link is up; {@code trouble} is what kept the last callbridge away. */
    static JoinOutcome.Refused noCallbridge(@Nullable C2wFailure trouble) {
        return of("callbridgeUnavailable", noCallbridgeWords(trouble), 5);
    }

    static JoinOutcome.Refused stopping() {
        return of("callbridgeUnavailable", "The web bridge is being stopped. Try again in a moment.", 5);
    }

    static String noCallbridgeWords(@Nullable C2wFailure trouble) {
        String why = trouble == null ? "none has called in yet" : trouble.words();
        return "No callbridge is connected to the web bridge: " + why
                + ". Try again shortly, or tell whoever runs this service.";
    }

    private static JoinOutcome.Refused refused(
            int status, String code, String title, String detail, @Nullable Integer retryAfterSeconds) {
        return new JoinOutcome.Refused(status, code, title, detail, null, null, retryAfterSeconds);
    }
}
