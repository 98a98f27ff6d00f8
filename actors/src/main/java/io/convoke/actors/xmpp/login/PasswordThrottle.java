package io.convoke.actors.xmpp.login;

import io.convoke.actors.space.PasscodeThrottle;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.LongSupplier;

/** What a wrong password costs: the rules of wrong passcodes, with users in the place of meetings, whether they exist or not. */
final class PasswordThrottle {
    private final PasscodeThrottle rules;
    private final LongSupplier nanos;

    PasswordThrottle(PasscodeThrottle rules, LongSupplier nanos) {
        this.rules = rules;
        this.nanos = nanos;
    }

    /** One guess under way, which is settled exactly once. */
    final class Guess {
        private final String source;
        private final UUID user;
        private boolean open;

        private Guess(String source, String user) {
            this.source = source;
            this.user = UUID.nameUUIDFromBytes(("xmpp:" + user).getBytes(StandardCharsets.UTF_8));
        }

        PasscodeThrottle.Decision begin() {
            PasscodeThrottle.Decision decision = rules.check(source, user, nanos.getAsLong());
            open = decision instanceof PasscodeThrottle.Go;
            return decision;
        }

        void right() {
            if (open) {
                open = false;
                rules.succeeded(source, user);
            }
        }

        void wrong() {
            if (open) {
                open = false;
                rules.failed(source, user, nanos.getAsLong());
            }
        }

        /** Does nothing without a guess under way. */
        void abandon() {
            if (open) {
                open = false;
                rules.abandoned(source, user);
            }
        }
    }

    Guess guess(String source, String user) {
        return new Guess(source, user);
    }
}
