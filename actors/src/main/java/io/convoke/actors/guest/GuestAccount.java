package io.convoke.actors.guest;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.node.StateJson;
import io.convoke.actors.state.ClusterMessage;
import io.convoke.actors.state.GetState;
import io.convoke.actors.trace.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The account made for one guest's one call; sharded by user ID. Gone, with its credential, when the call drops. */
public final class GuestAccount extends AbstractBehavior<GuestAccount.Command> {
    /** How to find one: the entity's ID is the user ID. */
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "GuestAccount");

    static final int REMOVAL_ATTEMPTS = 5;
    private static final Duration REMOVAL_RETRY = Duration.ofSeconds(2);

    public sealed interface Command {}

    /** Makes the account. {@code ids} are those of the login so far. */
    public record Create(String name, Ids ids, UUID callbridge, ActorRef<Created> replyTo)
            implements Command, ClusterMessage {}

    /** Removes account and credential; done too where the entity has moved and forgotten, so it says the name again. */
    public record Remove(String name, Ids ids, ActorRef<Removed> replyTo) implements Command, ClusterMessage {}

    /** The account is there. */
    public record Created(String user) implements ClusterMessage {}

    /** The account is gone. {@code credentialGone}: false where the database did not answer; the account goes on trying then. */
    public record Removed(String user, boolean credentialGone) implements ClusterMessage {}

    private record Asked(GetState question) implements Command {}

    private record CredentialRemoved(@Nullable Throwable failure) implements Command {}

    private enum RetryDue implements Command {
        INSTANCE
    }

    private final String user;
    private final NodeContext node;
    private final CredentialStore credentials;
    private final TimerScheduler<Command> timers;
    private final Instant since;
    private @Nullable Create account;
    private @Nullable Remove removal;
    private int attempts;
    private @Nullable String lastError;

    /** The entity for that user ID. */
    public static Behavior<Command> create(String user, NodeContext node, CredentialStore credentials) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new GuestAccount(context, timers, user, node, credentials)));
    }

    private GuestAccount(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String user,
            NodeContext node,
            CredentialStore credentials) {
        super(context);
        this.timers = timers;
        this.user = user;
        this.node = node;
        this.credentials = credentials;
        this.since = node.clock().instant();
        node.board().register("guests", user, context.messageAdapter(GetState.class, Asked::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Create.class, this::onCreate)
                .onMessage(Remove.class, this::onRemove)
                .onMessage(CredentialRemoved.class, this::onCredentialRemoved)
                .onMessage(RetryDue.class, due -> removeCredential())
                .onMessage(Asked.class, this::onAsked)
                .build();
    }

    private Behavior<Command> onCreate(Create create) {
        if (account == null) {
            account = create;
            node.journal()
                    .record("guestAccountCreated", create.ids(), "created guest account with user ID \"" + user + "\"");
        }
        create.replyTo().tell(new Created(user));
        return this;
    }

    private Behavior<Command> onRemove(Remove remove) {
        if (removal != null) {
            remove.replyTo().tell(new Removed(user, false));
            return this;
        }
        removal = remove;
        node.journal()
                .record(
                        "guestAccountRemoval",
                        remove.ids(),
                        "removing guest account '" + user + "' (name '" + remove.name() + "') on call drop");
        return removeCredential();
    }

    private Behavior<Command> removeCredential() {
        attempts++;
        getContext().pipeToSelf(credentials.remove(user), (done, failure) -> new CredentialRemoved(failure));
        return this;
    }

    private Behavior<Command> onCredentialRemoved(CredentialRemoved result) {
        Remove asked = removal;
        if (asked == null) {
            return this;
        }
        if (attempts == 1) {
            node.journal()
                    .record(
                            "guestAccountDestroyed",
                            asked.ids(),
                            "destroying guest account with user ID \"" + user + "\"");
            asked.replyTo().tell(new Removed(user, result.failure() == null));
        }
        if (result.failure() == null || attempts == REMOVAL_ATTEMPTS) {
            // A row that the database would not give up expires, and goes with the callbridge's next start.
            return Behaviors.stopped();
        }
        lastError = "Expected the credential to be removed, but the database failed (attempt " + attempts + ")";
        timers.startSingleTimer(RetryDue.INSTANCE, REMOVAL_RETRY.multipliedBy(attempts));
        return this;
    }

    private Behavior<Command> onAsked(Asked asked) {
        String state = removal != null ? "removing" : account != null ? "present" : "unknown";
        StateJson json = new StateJson("guests", user, node.name(), since, state).with("user", user);
        if (account != null) {
            json.with("name", account.name())
                    .with("participant", account.ids().participant())
                    .with("space", account.ids().space())
                    .with("session", account.ids().session())
                    .with("loginRequest", account.ids().loginRequest())
                    .with("callbridge", account.callbridge());
        }
        asked.question().replyTo().tell(json.with("lastError", lastError).snapshot());
        return this;
    }
}
