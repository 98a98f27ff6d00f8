package io.convoke.actors.user;

import io.convoke.protocols.xmpp.Jid;
import java.util.Optional;

/** What a user's fields may hold. */
public final class UserRule {
    /** Fewest characters of a password. */
    public static final int MIN_PASSWORD = 8;

    /** Most characters of a password. */
    public static final int MAX_PASSWORD = 255;

    private static final int MAX_NAME = 200;

    private UserRule() {}

    /** A local part as it is stored; empty where it is none (RFC 7622 §3.3). */
    public static Optional<String> local(String given) {
        return Jid.of(given, "localhost", null).map(jid -> jid.local() == null ? "" : jid.local());
    }

    public static boolean isName(String name) {
        return name.length() <= MAX_NAME && name.chars().noneMatch(Character::isISOControl);
    }

    /** Characters that nobody sees do not count: some of them are dropped before keys are made of it (RFC 4013 §2.1). */
    public static boolean isPassword(String password) {
        return password.codePoints().filter(UserRule::counts).count() >= MIN_PASSWORD
                && password.length() <= MAX_PASSWORD
                && password.chars().noneMatch(Character::isISOControl);
    }

    private static boolean counts(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.FORMAT && type != Character.NON_SPACING_MARK;
    }
}
