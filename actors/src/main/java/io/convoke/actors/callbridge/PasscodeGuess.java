package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A login's one guess at a passcode: each that the callbridge allows is answered for exactly once, whatever becomes of the login. */
final class PasscodeGuess {
    private final ActorRef<Callbridge.Command> callbridge;
    private final String source;
    private @Nullable UUID space;
    private boolean underWay;

    /** {@code source}: the address that wrong passcodes are counted by. */
    PasscodeGuess(ActorRef<Callbridge.Command> callbridge, String source) {
        this.callbridge = callbridge;
        this.source = source;
    }

    /** May the login guess? */
    void ask(UUID at, ActorRef<GuestLogin.Command> replyTo) {
        space = at;
        callbridge.tell(new Callbridge.MayCheckPasscode(source, at, replyTo));
    }

    void allowed() {
        underWay = true;
    }

    void was(boolean right) {
        settle(right ? Callbridge.Guess.RIGHT : Callbridge.Guess.WRONG);
    }

    /** Does nothing without a guess under way. */
    void abandon() {
        settle(Callbridge.Guess.ABANDONED);
    }

    private void settle(Callbridge.Guess guess) {
        if (underWay && space != null) {
            underWay = false;
            callbridge.tell(new Callbridge.PasscodeWas(source, space, guess));
        }
    }
}
