package io.convoke.actors.callbridge;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.trace.Ids;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The account of a guest whose call was lost with its host. The account's shard may have been on the same node, and what is told to it there before the
 * cluster has found it another home is lost: so this asks again until the account answers.
 */
final class LostGuest {
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    /** Longer than the cluster takes to give a shard its new home. */
    static final int MOST_ATTEMPTS = 12;

    private LostGuest() {}

    /** Removes the account; fails when it has not answered in a minute, and then the credential's own expiry ends it. */
    static CompletionStage<GuestAccount.Removed> remove(
            RecipientRef<GuestAccount.Command> account, String name, Ids ids, ActorSystem<?> system) {
        return remove(account, name, ids, system, MOST_ATTEMPTS);
    }

    private static CompletionStage<GuestAccount.Removed> remove(
            RecipientRef<GuestAccount.Command> account, String name, Ids ids, ActorSystem<?> system, int attempts) {
        CompletionStage<GuestAccount.Removed> removed = AskPattern.ask(
                account, replyTo -> new GuestAccount.Remove(name, ids, replyTo), ANSWER_WITHIN, system.scheduler());
        return attempts == 1
                ? removed
                : removed.exceptionallyCompose(silence -> remove(account, name, ids, system, attempts - 1));
    }
}
