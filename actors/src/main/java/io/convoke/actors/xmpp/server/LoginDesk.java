package io.convoke.actors.xmpp.server;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.trace.Ids;
import io.convoke.media.xmpp.SaslExchange;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.login.LoginAnswer;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Has the logins of one node's clients decided: each by one callbridge from its first step to its last. Answers every step, at once where there is no
 * callbridge, within a bound where one stays silent; and tells a callbridge of each guest of its that is gone.
 */
final class LoginDesk extends AbstractBehavior<LoginDesk.Command> {
    private static final String TEMPORARY = "temporary-auth-failure";

    sealed interface Command {}

    /** A client's step; its first one where the exchange is not known. */
    @SuppressWarnings("ArrayRecordComponent")
    record Step(SaslExchange exchange, byte[] data) implements Command {}

    record Abandoned(SaslExchange exchange) implements Command {}

    record ClientBound(BoundClient client) implements Command {}

    record ClientGone(BoundClient client) implements Command {}

    private record Answered(long exchange, @Nullable Element answer) implements Command {}

    private record Unbound(String local) implements Command {}

    /** Also sent by the directory's listener, on its thread. */
    private enum Changed implements Command {
        INSTANCE
    }

    private record Login(
            SaslExchange exchange, ComponentPlace callbridge, String session, String name, boolean guest) {}

    /** A guest that a callbridge has let in. {@code client} is null until it has bound its resource. */
    private record Guest(
            ComponentPlace callbridge, @Nullable BoundClient client) {}

    private final XmppNode node;
    private final TimerScheduler<Command> timers;
    private final LoginCounters counters;
    private final String incarnation = UUID.randomUUID().toString().substring(0, 8);
    private final Map<Long, Login> logins = new HashMap<>();
    private final Map<String, Guest> guests = new HashMap<>();

    static Behavior<Command> create(XmppNode node, LoginCounters counters) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new LoginDesk(context, timers, node, counters)));
    }

    private LoginDesk(
            ActorContext<Command> context, TimerScheduler<Command> timers, XmppNode node, LoginCounters counters) {
        super(context);
        this.node = node;
        this.timers = timers;
        this.counters = counters;
        var self = context.getSelf();
        node.directory().onChange(() -> self.tell(Changed.INSTANCE));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Step.class, this::onStep)
                .onMessage(Abandoned.class, this::onAbandoned)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(ClientBound.class, this::onClientBound)
                .onMessage(
                        ClientGone.class,
                        gone -> onGuestGone(gone.client().address().local(), gone.client()))
                .onMessage(Unbound.class, unbound -> onGuestGone(unbound.local(), null))
                .onMessage(Changed.class, this::onChanged)
                .build();
    }

    private Behavior<Command> onStep(Step step) {
        SaslExchange exchange = step.exchange();
        Login known = logins.get(exchange.id());
        if (known != null) {
            ask(known, new LoginRequest.Response(known.session(), step.data()));
            return this;
        }
        String name = ClaimedName.of(exchange.mechanism(), step.data());
        if (exchange.mechanism().equals("PLAIN") && !exchange.secure()) {
            exchange.failure("encryption-required", "Passwords are taken over encrypted connections only.");
            return this;
        }
        if (logins.size() >= node.settings().maxLogins()) {
            counters.refused.increment();
            exchange.failure(TEMPORARY, "Too many logins at once. Try again in a few seconds.");
            return this;
        }
        Optional<ComponentPlace> callbridge =
                LoginChoice.leastLoaded(node.directory().callbridges(), this::begunAt);
        if (callbridge.isEmpty()) {
            counters.withoutCallbridge.increment();
            say("xmppLoginRefused", "no callbridge is connected: login of " + name + " refused");
            exchange.failure(TEMPORARY, "No callbridge is connected to this server. Try again in a moment.");
            return this;
        }
        String session = node.uid() + "-" + incarnation + "-" + exchange.id();
        Login login = new Login(
                exchange, callbridge.get(), session, name, exchange.mechanism().equals("ANONYMOUS"));
        logins.put(exchange.id(), login);
        ask(login, new LoginRequest.Auth(session, exchange.mechanism(), exchange.remoteAddress(), step.data()));
        return this;
    }

    private int begunAt(ComponentPlace place) {
        return (int) logins.values().stream()
                .filter(login -> login.callbridge().isSameAs(place))
                .count();
    }

    private void ask(Login login, LoginRequest request) {
        long id = login.exchange().id();
        getContext()
                .pipeToSelf(
                        node.iqs()
                                .ask(
                                        login.callbridge(),
                                        request.type(),
                                        request.payload(),
                                        node.settings().loginWithin()),
                        (answer, failure) -> new Answered(id, answer));
    }

    private Behavior<Command> onAnswered(Answered answered) {
        Login login = logins.get(answered.exchange());
        if (login == null) {
            return this;
        }
        Optional<LoginAnswer> answer = Optional.ofNullable(answered.answer())
                .flatMap(LoginAnswer::of)
                .filter(words -> words.session().equals(login.session()));
        if (answer.isEmpty()) {
            return silent(login);
        }
        if (answer.get() instanceof LoginAnswer.Challenge challenge) {
            login.exchange().challenge(challenge.data());
            return this;
        }
        logins.remove(answered.exchange());
        if (answer.get() instanceof LoginAnswer.Success success) {
            counters.accepted.increment();
            if (login.guest()) {
                guests.put(success.user(), new Guest(login.callbridge(), null));
                Unbound due = new Unbound(success.user());
                timers.startSingleTimer(due, due, node.settings().bindWithin());
            }
            login.exchange().success(success.user(), success.data());
        } else if (answer.get() instanceof LoginAnswer.Failure failure) {
            counters.refused.increment();
            login.exchange().failure(failure.condition(), failure.text());
        }
        return this;
    }

    /** No answer, or none that can be understood: whatever the callbridge makes of it after all is not wanted. */
    private Behavior<Command> silent(Login login) {
        counters.unanswered.increment();
        logins.remove(login.exchange().id());
        node.iqs().tell(login.callbridge(), new LoginRequest.Abort(login.session()).payload());
        say(
                "xmppLoginRefused",
                "callbridge " + login.callbridge().name() + " did not answer: login of " + login.name() + " refused");
        login.exchange().failure(TEMPORARY, "The callbridge that was asked did not answer. Try again in a moment.");
        return this;
    }

    private Behavior<Command> onAbandoned(Abandoned abandoned) {
        Login login = logins.remove(abandoned.exchange().id());
        if (login != null) {
            counters.abandoned.increment();
            node.iqs().tell(login.callbridge(), new LoginRequest.Abort(login.session()).payload());
        }
        return this;
    }

    private Behavior<Command> onClientBound(ClientBound bound) {
        String local = bound.client().connection().local();
        Guest guest = guests.get(local);
        if (guest != null) {
            timers.cancel(new Unbound(local));
            guests.put(local, new Guest(guest.callbridge(), bound.client()));
        }
        return this;
    }

    /** {@code client} is null for one that has not bound in time. */
    private Behavior<Command> onGuestGone(@Nullable String local, @Nullable BoundClient client) {
        Guest guest = local == null ? null : guests.get(local);
        if (guest != null && (client == null ? guest.client() == null : client.equals(guest.client()))) {
            guests.remove(local);
            node.iqs().tell(guest.callbridge(), new LoginRequest.Gone(local).payload());
        }
        return this;
    }

    /** Logins at a callbridge that is gone are over. It has removed its guests, too: their clients are nobody any more. */
    private Behavior<Command> onChanged(Changed changed) {
        List<ComponentPlace> there = node.directory().all();
        for (Login login : List.copyOf(logins.values())) {
            if (there.stream().noneMatch(place -> place.isSameAs(login.callbridge()))) {
                node.iqs().gone(login.callbridge());
                silent(login);
            }
        }
        for (Map.Entry<String, Guest> entry : List.copyOf(guests.entrySet())) {
            Guest guest = entry.getValue();
            if (there.stream().noneMatch(place -> place.isSameAs(guest.callbridge()))) {
                guests.remove(entry.getKey());
                timers.cancel(new Unbound(entry.getKey()));
                if (guest.client() != null) {
                    guest.client()
                            .connection()
                            .close(
                                    StreamCondition.REMOTE_CONNECTION_FAILED,
                                    "The callbridge that let this guest in is gone. Connect again.");
                }
            }
        }
        return this;
    }

    private void say(String step, String text) {
        node.context().journal().record(step, Ids.none(), "XMPP: " + text);
    }
}
