package io.convoke.actors.xmpp.login;

import org.jspecify.annotations.Nullable;

/** What comes of one step of a login. */
sealed interface SaslResult {
    /** The client has to answer this. */
    @SuppressWarnings("ArrayRecordComponent")
    record Challenge(byte[] data) implements SaslResult {}

    /** The password is right; {@code data} goes to the client with the news, null for none. */
    @SuppressWarnings("ArrayRecordComponent")
    record Right(byte @Nullable [] data) implements SaslResult {}

    /** Refused, with SASL's condition and words; {@code guessed}: by a wrong password, which is counted. */
    record Refused(String condition, String text, boolean guessed) implements SaslResult {
        /** The same words for a wrong name and a wrong password: nobody learns which names there are. */
        static Refused wrong() {
            return new Refused("not-authorized", "The name or the password is wrong.", true);
        }

        static Refused malformed() {
            return new Refused("malformed-request", "Expected a message of the mechanism, but found another.", false);
        }

        static Refused otherUser() {
            return new Refused("invalid-authzid", "Expected no authorization as somebody else.", false);
        }

        static Refused databaseUnavailable() {
            return temporary("The callbridge cannot reach its database at the moment. Try again shortly.");
        }

        static Refused temporary(String text) {
            return new Refused("temporary-auth-failure", text, false);
        }
    }
}
