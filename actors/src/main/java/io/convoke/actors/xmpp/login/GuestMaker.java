package io.convoke.actors.xmpp.login;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.guest.NewGuest;
import io.convoke.actors.guest.StorageProgress;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.trace.Ids;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Makes and removes the accounts of guests that come in over XMPP: the same entity, row and lines as for a join in a browser. */
final class GuestMaker {
    private static final Duration CREATED_WITHIN = Duration.ofSeconds(8);

    /** A guest that is in. */
    record Guest(String user, String name, Ids ids) {}

    private final ActorSystem<?> system;
    private final NodeContext node;
    private final CredentialStore credentials;
    private final Function<String, RecipientRef<GuestAccount.Command>> accounts;
    private final UUID callbridge;
    private final Duration lifetime;

    GuestMaker(
            ActorSystem<?> system,
            NodeContext node,
            CredentialStore credentials,
            Function<String, RecipientRef<GuestAccount.Command>> accounts,
            LoginSettings settings) {
        this.system = system;
        this.node = node;
        this.credentials = credentials;
        this.accounts = accounts;
        this.callbridge = settings.callbridge();
        this.lifetime = settings.guestLifetime();
    }

    /** A failed stage leaves nothing behind. */
    CompletionStage<Guest> make(long number, String name) {
        NewGuest fresh = NewGuest.fresh();
        Ids ids = Ids.none()
                .withLoginRequest(number)
                .withUser(fresh.user())
                .withParticipant(fresh.participant())
                .withCallbridge(callbridge);
        Guest guest = new Guest(fresh.user(), name, ids);
        Making making = new Making(guest);
        CompletionStage<?> stored = credentials.store(
                fresh.credential(callbridge, node.clock().instant().plus(lifetime)), making);
        return stored.thenCompose(row -> making.created())
                .thenApply(created -> {
                    making.say("credentialsStored", "successfully stored credentials");
                    node.journal().record("userInstantiating", ids, "instantiating user \"" + guest.user() + "\"");
                    return guest;
                })
                .whenComplete((made, failure) -> {
                    if (failure != null) {
                        making.abandon();
                    }
                });
    }

    void remove(Guest guest) {
        accounts.apply(guest.user()).tell(new GuestAccount.Remove(guest.name(), guest.ids(), system.ignoreRef()));
    }

    /** One guest's way in. The account is asked for when the credential has its place in the queue; lines keep that order. */
    private final class Making implements StorageProgress {
        private final Guest guest;
        private volatile boolean asked;
        private CompletionStage<?> said = CompletableFuture.completedFuture(null);

        Making(Guest guest) {
            this.guest = guest;
        }

        @Override
        public synchronized void scheduled(int queueLength) {
            say("credentialStorageScheduled", "credential storage scheduled (queue length: " + queueLength + ")");
            asked = true;
            said = AskPattern.<GuestAccount.Command, GuestAccount.Created>ask(
                    accounts.apply(guest.user()),
                    replyTo -> new GuestAccount.Create(guest.name(), guest.ids(), callbridge, replyTo),
                    CREATED_WITHIN,
                    system.scheduler());
        }

        @Override
        public synchronized void executed() {
            said = said.thenRun(() -> say("credentialStorageExecuted", "credential storage executed"));
        }

        @Override
        public synchronized void inProgress() {
            said = said.thenRun(() -> say("credentialStorageInProgress", "credential storage in progress"));
        }

        synchronized CompletionStage<?> created() {
            return said;
        }

        void say(String step, String what) {
            node.journal()
                    .record(
                            step,
                            guest.ids(),
                            "guest login request " + guest.ids().loginRequest() + ": " + what);
        }

        void abandon() {
            if (asked) {
                remove(guest);
            }
        }
    }
}
