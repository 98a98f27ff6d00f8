package io.convoke.actors.callbridge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a login is refused, in the client protocol's codes and in words that help whoever reads them. */
record LoginResult(String code, String detail, @Nullable Integer retryAfterSeconds) {
    static LoginResult unknownCall(String kind, String given) {
        String shortened = given.length() <= 60 ? given : given.substring(0, 60) + "…";
        String what = kind.equals("secret") ? "this link" : "the " + kind + " " + shortened;
        return new LoginResult("unknownCall", "No meeting has " + what + ". Check it with whoever invited you.", null);
    }

    static LoginResult wrongPasscode(boolean given) {
        return new LoginResult(
                "wrongPasscode",
                given ? "The passcode is wrong. Check it with whoever invited you." : "This meeting takes a passcode.",
                null);
    }

    static LoginResult tooManyAttempts(long seconds) {
        return new LoginResult(
                "tooManyAttempts",
                String.format(Locale.ROOT, "Too many wrong passcodes. Try again in %d seconds.", seconds),
                (int) Math.min(seconds, Integer.MAX_VALUE));
    }

    static LoginResult databaseUnavailable() {
        return new LoginResult(
                "databaseUnavailable", "The callbridge cannot reach its database at the moment. Try again shortly.", 5);
    }

    static LoginResult tooBusy() {
        return new LoginResult("tooBusy", "Too many people are joining at once. Try again in a few seconds.", 2);
    }

    static LoginResult stopping() {
        return new LoginResult("callbridgeUnavailable", "The callbridge is being stopped. Try again in a moment.", 5);
    }

    static LoginResult stuck() {
        return new LoginResult(
                "callbridgeUnavailable", "The callbridges did not answer each other in time. Try again shortly.", 2);
    }
}
