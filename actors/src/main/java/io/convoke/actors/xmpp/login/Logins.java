package io.convoke.actors.xmpp.login;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.convoke.actors.guest.CredentialQueueFull;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.user.UserKeys;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.login.LoginAnswer;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All logins in progress at one callbridge, and the guests that came of them. Each question is answered once. */
final class Logins extends AbstractBehavior<Logins.Command> {
    private static final int MAX_NAME = 60;

    sealed interface Command {}

    /** {@code iq} is about logins; {@code reply} gets one IQ, on this actor's thread. */
    record Ask(LoginPeer peer, LoginAsker asker, LoginRequest request, Element iq, Consumer<Element> reply)
            implements Command {}

    /** A session of the callbridge is over, and with it every login and guest that came in over it. */
    record Lost(String peer) implements Command {}

    /** Lets logins in progress end, takes no further ones, removes the guests. */
    record Stop(ActorRef<Done> replyTo) implements Command {}

    private record DelayOver(LoginKey key) implements Command {}

    private record KeysFound(LoginKey key, Optional<UserKeys> keys, boolean databaseAnswered) implements Command {}

    private record Judged(LoginKey key, SaslResult result) implements Command {}

    private record GuestMade(
            LoginKey key,
            GuestMaker.@Nullable Guest guest,
            @Nullable Throwable failure) implements Command {}

    private record TooSlow(LoginKey key) implements Command {}

    private enum StopNow implements Command {
        INSTANCE
    }

    private final LoginPorts ports;
    private final LoginSettings settings;
    private final TimerScheduler<Command> timers;
    private final PasswordThrottle throttle;
    private final GuestMaker maker;
    private final AtomicInteger inFlight;
    private final Map<LoginKey, LoginExchange> exchanges = new HashMap<>();
    private final Map<LoginKey, GuestMaker.Guest> guests = new HashMap<>();
    private long number = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE / 2);
    private @Nullable ActorRef<Done> stopping;

    /** {@code inFlight} is kept at the number of logins in progress. */
    static Behavior<Command> create(LoginSettings settings, LoginPorts ports, AtomicInteger inFlight) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Logins(context, timers, settings, ports, inFlight)));
    }

    private Logins(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LoginSettings settings,
            LoginPorts ports,
            AtomicInteger inFlight) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.ports = ports;
        this.inFlight = inFlight;
        this.throttle = new PasswordThrottle(ports.throttle(), ports.node().nanos());
        this.maker = new GuestMaker(context.getSystem(), ports.node(), ports.credentials(), ports.accounts(), settings);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Ask.class, this::onAsk)
                .onMessage(Lost.class, this::onLost)
                .onMessage(Stop.class, this::onStop)
                .onMessage(DelayOver.class, this::onDelayOver)
                .onMessage(KeysFound.class, this::onKeysFound)
                .onMessage(Judged.class, judged -> onJudged(judged.key(), judged.result()))
                .onMessage(GuestMade.class, this::onGuestMade)
                .onMessage(TooSlow.class, this::onTooSlow)
                .onMessage(StopNow.class, due -> farewell())
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onAsk(Ask ask) {
        LoginRequest request = ask.request();
        if (request instanceof LoginRequest.Auth auth) {
            return onAuth(ask, auth);
        } else if (request instanceof LoginRequest.Response response) {
            return onResponse(ask, response);
        } else if (request instanceof LoginRequest.Abort abort) {
            abort(key(ask, abort.session()));
            ask.reply().accept(Stanzas.result(ask.iq(), null));
        } else if (request instanceof LoginRequest.Gone gone) {
            onGone(ask, gone);
            ask.reply().accept(Stanzas.result(ask.iq(), null));
        } else {
            ask.reply().accept(Stanzas.error(ask.iq(), StanzaCondition.FEATURE_NOT_IMPLEMENTED, null));
        }
        return this;
    }

    private Behavior<Command> onAuth(Ask ask, LoginRequest.Auth auth) {
        LoginKey key = key(ask, auth.session());
        if (exchanges.containsKey(key) || guests.containsKey(key)) {
            ask.reply().accept(Stanzas.error(ask.iq(), StanzaCondition.CONFLICT, "This session is in use."));
            return this;
        }
        SaslResult.@Nullable Refused refusal = refusal(ask.peer(), auth);
        if (refusal != null) {
            return refuse(ask, auth, refusal);
        }
        if (auth.mechanism().equals("ANONYMOUS")) {
            return makeGuest(ask, key, auth);
        }
        SaslMachines.Opened opened =
                ports.machines().open(auth.mechanism(), auth.data(), ask.peer().domain());
        if (opened.machine() == null) {
            return refuse(ask, auth, opened.refused());
        }
        PasswordThrottle.Guess guess = throttle.guess(
                ask.asker().source(auth.source()), opened.machine().user());
        if (guess.begin() instanceof PasscodeThrottle.Go go) {
            LoginExchange exchange = new LoginExchange(key, auth.mechanism(), opened.machine(), guess);
            add(exchange, ask);
            if (go.delay().isZero()) {
                return onDelayOver(new DelayOver(key));
            }
            timers.startSingleTimer(new DelayOver(key), new DelayOver(key), go.delay());
            return this;
        }
        say("xmppLoginThrottled", opened.machine().user(), "refused: too many wrong passwords");
        return refuse(ask, auth, SaslResult.Refused.temporary("Too many wrong passwords. Try again in a few minutes."));
    }

    private SaslResult.@Nullable Refused refusal(LoginPeer peer, LoginRequest.Auth auth) {
        if (stopping != null) {
            return SaslResult.Refused.temporary("The callbridge is being stopped. Try again in a moment.");
        }
        if (exchanges.size() >= settings.maxExchanges()) {
            return SaslResult.Refused.temporary("Too many logins at once. Try again in a few seconds.");
        }
        if (auth.mechanism().equals("PLAIN") && !peer.encrypted()) {
            return new SaslResult.Refused(
                    "encryption-required",
                    "The server's connection to the callbridge is not encrypted: no password may be sent over it.",
                    false);
        }
        if (auth.mechanism().equals("ANONYMOUS") && guests.size() >= settings.maxGuests()) {
            return SaslResult.Refused.temporary("Too many guests at once. Try again later.");
        }
        return null;
    }

    private Behavior<Command> makeGuest(Ask ask, LoginKey key, LoginRequest.Auth auth) {
        String name = SaslMachines.guestName(auth.data(), MAX_NAME);
        add(new LoginExchange(key, auth.mechanism(), null, null), ask);
        getContext().pipeToSelf(maker.make(++number, name), (guest, failure) -> new GuestMade(key, guest, failure));
        return this;
    }

    private Behavior<Command> onGuestMade(GuestMade made) {
        LoginExchange exchange = exchanges.get(made.key());
        GuestMaker.Guest guest = made.guest();
        if (guest == null) {
            return exchange == null ? this : end(exchange, refusalOf(made.failure()));
        }
        if (exchange == null) {
            // Given up meanwhile: nobody would ever say that this guest is gone.
            maker.remove(guest);
            return this;
        }
        guests.put(made.key(), guest);
        remove(exchange);
        exchange.answer(new LoginAnswer.Success(made.key().session(), guest.user(), null));
        return stopIfDrained();
    }

    private static SaslResult.Refused refusalOf(@Nullable Throwable failure) {
        Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
        return failure instanceof CredentialQueueFull || cause instanceof CredentialQueueFull
                ? SaslResult.Refused.temporary("Too many people are logging in at once. Try again in a few seconds.")
                : SaslResult.Refused.databaseUnavailable();
    }

    private Behavior<Command> onDelayOver(DelayOver delay) {
        LoginExchange exchange = exchanges.get(delay.key());
        if (exchange != null) {
            getContext()
                    .pipeToSelf(
                            ports.users().keys(exchange.machine().user()),
                            (keys, failure) -> new KeysFound(
                                    delay.key(), keys == null ? Optional.empty() : keys, failure == null));
        }
        return this;
    }

    private Behavior<Command> onKeysFound(KeysFound found) {
        LoginExchange exchange = exchanges.get(found.key());
        if (exchange == null) {
            return this;
        }
        if (!found.databaseAnswered()) {
            return end(exchange, SaslResult.Refused.databaseUnavailable());
        }
        getContext()
                .pipeToSelf(
                        exchange.machine().begin(found.keys()),
                        (result, failure) -> new Judged(
                                found.key(),
                                result == null
                                        ? SaslResult.Refused.temporary("The callbridge is too busy. Try again shortly.")
                                        : result));
        return this;
    }

    private Behavior<Command> onResponse(Ask ask, LoginRequest.Response response) {
        LoginKey key = key(ask, response.session());
        LoginExchange exchange = exchanges.get(key);
        if (exchange == null || exchange.isGuest() || !exchange.begin(ask.iq(), ask.reply())) {
            ask.reply()
                    .accept(Stanzas.error(
                            ask.iq(), StanzaCondition.UNEXPECTED_REQUEST, "No challenge of this session is open."));
            return this;
        }
        return onJudged(key, exchange.machine().next(response.data()));
    }

    private Behavior<Command> onJudged(LoginKey key, SaslResult result) {
        LoginExchange exchange = exchanges.get(key);
        if (exchange == null) {
            return this;
        }
        if (result instanceof SaslResult.Challenge challenge) {
            exchange.answer(new LoginAnswer.Challenge(key.session(), challenge.data()));
            return this;
        }
        if (result instanceof SaslResult.Refused refused) {
            return end(exchange, refused);
        }
        SaslResult.Right right = (SaslResult.Right) result;
        String user = exchange.machine().user();
        say("xmppLogin", user, "accepted with " + exchange.mechanism());
        exchange.right();
        remove(exchange);
        exchange.answer(new LoginAnswer.Success(key.session(), user, right.data()));
        return stopIfDrained();
    }

    private Behavior<Command> onGone(Ask ask, LoginRequest.Gone gone) {
        String peer = ask.peer().session();
        String asker = ask.asker().address().toString();
        for (Map.Entry<LoginKey, GuestMaker.Guest> guest : List.copyOf(guests.entrySet())) {
            boolean meant =
                    gone.user() == null || gone.user().equals(guest.getValue().user());
            if (meant && guest.getKey().isOf(peer, asker)) {
                guests.remove(guest.getKey());
                maker.remove(guest.getValue());
            }
        }
        return this;
    }

    private Behavior<Command> onLost(Lost lost) {
        keysOf(lost.peer()).forEach(this::abort);
        return stopIfDrained();
    }

    private Behavior<Command> onTooSlow(TooSlow slow) {
        LoginExchange exchange = exchanges.get(slow.key());
        return exchange == null
                ? this
                : end(exchange, SaslResult.Refused.temporary("The login took too long. Try again."));
    }

    private Behavior<Command> onStop(Stop stop) {
        stopping = stop.replyTo();
        timers.startSingleTimer(StopNow.INSTANCE, StopNow.INSTANCE, settings.stopWithin());
        return stopIfDrained();
    }

    private Behavior<Command> stopIfDrained() {
        return stopping != null && exchanges.isEmpty() ? farewell() : this;
    }

    private Behavior<Command> farewell() {
        for (LoginExchange exchange : List.copyOf(exchanges.values())) {
            end(exchange, SaslResult.Refused.temporary("The callbridge is being stopped. Try again in a moment."));
        }
        guests.values().forEach(maker::remove);
        guests.clear();
        if (stopping != null) {
            stopping.tell(Done.getInstance());
        }
        return Behaviors.stopped();
    }

    private Behavior<Command> onStopped() {
        exchanges.values().forEach(LoginExchange::abandon);
        inFlight.set(0);
        return this;
    }

    private Behavior<Command> refuse(Ask ask, LoginRequest.Auth auth, SaslResult.Refused why) {
        ask.reply()
                .accept(Stanzas.result(
                        ask.iq(), new LoginAnswer.Failure(auth.session(), why.condition(), why.text()).payload()));
        return this;
    }

    private Behavior<Command> end(LoginExchange exchange, SaslResult.Refused why) {
        if (why.guessed()) {
            exchange.wrong();
        } else {
            exchange.abandon();
        }
        if (!exchange.isGuest()) {
            say("xmppLoginRefused", exchange.machine().user(), "refused (" + why.condition() + ")");
        }
        remove(exchange);
        exchange.answer(new LoginAnswer.Failure(exchange.key().session(), why.condition(), why.text()));
        return stopping == null || !exchanges.isEmpty() ? this : stopIfDrained();
    }

    /** Whatever came of it so far is not wanted any more. */
    private void abort(LoginKey key) {
        LoginExchange exchange = exchanges.get(key);
        if (exchange != null) {
            exchange.abandon();
            remove(exchange);
            exchange.answer(new LoginAnswer.Failure(key.session(), "aborted", "The login was given up."));
        }
        GuestMaker.Guest guest = guests.remove(key);
        if (guest != null) {
            maker.remove(guest);
        }
    }

    private void add(LoginExchange exchange, Ask ask) {
        exchange.begin(ask.iq(), ask.reply());
        exchanges.put(exchange.key(), exchange);
        inFlight.set(exchanges.size());
        TooSlow slow = new TooSlow(exchange.key());
        timers.startSingleTimer(slow, slow, settings.exchangeTimeout());
    }

    private void remove(LoginExchange exchange) {
        exchanges.remove(exchange.key());
        inFlight.set(exchanges.size());
        timers.cancel(new TooSlow(exchange.key()));
    }

    private List<LoginKey> keysOf(String peer) {
        List<LoginKey> keys = new ArrayList<>(exchanges.keySet());
        keys.addAll(guests.keySet());
        return keys.stream().filter(key -> key.peer().equals(peer)).toList();
    }

    private static LoginKey key(Ask ask, String session) {
        return new LoginKey(ask.peer().session(), ask.asker().address().toString(), session);
    }

    private void say(String step, String user, String what) {
        ports.node()
                .journal()
                .record(
                        step,
                        Ids.none().withCallbridge(settings.callbridge()).withUser(user),
                        "XMPP: login of \"" + user.replace('"', '\'') + "\" " + what);
    }
}
