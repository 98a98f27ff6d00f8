package io.convoke.actors.xmpp.login;

import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.login.LoginAnswer;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One login in progress: what it is about, and the question that waits for an answer. Owned by {@link Logins}. */
final class LoginExchange {
    private final LoginKey key;
    private final String mechanism;
    private final @Nullable SaslMachine machine;
    private final PasswordThrottle.@Nullable Guess guess;
    private @Nullable Element question;
    private @Nullable Consumer<Element> reply;

    /** {@code machine} and {@code guess} are null for a guest, of whom no password is asked. */
    LoginExchange(
            LoginKey key, String mechanism, @Nullable SaslMachine machine, PasswordThrottle.@Nullable Guess guess) {
        this.key = key;
        this.mechanism = mechanism;
        this.machine = machine;
        this.guess = guess;
    }

    LoginKey key() {
        return key;
    }

    String mechanism() {
        return mechanism;
    }

    SaslMachine machine() {
        if (machine == null) {
            throw new IllegalStateException("Expected an exchange with a password, but this one is a guest's");
        }
        return machine;
    }

    boolean isGuest() {
        return machine == null;
    }

    /** A step begins. False where the last one has not been answered yet. */
    boolean begin(Element iq, Consumer<Element> answer) {
        if (question != null) {
            return false;
        }
        question = iq;
        reply = answer;
        return true;
    }

    /** Answers the step in progress, if there is one. */
    void answer(LoginAnswer answer) {
        Element iq = question;
        Consumer<Element> to = reply;
        question = null;
        reply = null;
        if (iq != null && to != null) {
            to.accept(Stanzas.result(iq, answer.payload()));
        }
    }

    void right() {
        if (guess != null) {
            guess.right();
        }
    }

    void wrong() {
        if (guess != null) {
            guess.wrong();
        }
    }

    void abandon() {
        if (guess != null) {
            guess.abandon();
        }
    }
}
