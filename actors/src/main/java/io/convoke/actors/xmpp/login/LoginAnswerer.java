package io.convoke.actors.xmpp.login;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.user.UserDirectory;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.login.LoginLoad;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** What a callbridge answers to the IQs that reach it over its XMPP sessions: logins, load, service discovery, pings. Safe from any thread. */
public final class LoginAnswerer {
    private static final Duration STOP_MARGIN = Duration.ofSeconds(1);

    /**
     * What it needs of the node.
     *
     * @param throttle used by this alone
     * @param blocking where passwords are derived
     * @param decoySecret makes the challenges of users who do not exist: the same on all nodes and at every start, not empty
     * @param legs call legs with media on this callbridge; from any thread
     * @param maxLegs most that it takes
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Ports(
            NodeContext node,
            UserDirectory users,
            CredentialStore credentials,
            PasscodeThrottle throttle,
            Executor blocking,
            byte[] decoySecret,
            IntSupplier legs,
            int maxLegs) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Ports[" + node.name() + "]";
        }
    }

    private final ActorSystem<?> system;
    private final ActorRef<Logins.Command> logins;
    private final LoginSettings settings;
    private final Ports ports;
    private final AtomicInteger inFlight;

    private LoginAnswerer(
            ActorSystem<?> system,
            ActorRef<Logins.Command> logins,
            LoginSettings settings,
            Ports ports,
            AtomicInteger inFlight) {
        this.system = system;
        this.logins = logins;
        this.settings = settings;
        this.ports = ports;
        this.inFlight = inFlight;
    }

    /** Starts it as a child of that actor, on whose thread this is called. The guests' accounts are sharded entities. */
    public static LoginAnswerer start(ActorContext<?> parent, LoginSettings settings, Ports ports) {
        ClusterSharding sharding = ClusterSharding.get(parent.getSystem());
        AtomicInteger inFlight = new AtomicInteger();
        LoginPorts inner = new LoginPorts(
                ports.node(),
                ports.users(),
                ports.credentials(),
                ports.throttle(),
                new SaslMachines(ports.blocking(), ports.decoySecret()),
                user -> sharding.entityRefFor(GuestAccount.KEY, user));
        ActorRef<Logins.Command> logins = parent.spawn(Logins.create(settings, inner, inFlight), "xmpp-logins");
        return new LoginAnswerer(parent.getSystem(), logins, settings, ports, inFlight);
    }

    /**
     * A {@code get} or {@code set} that came in over a session. Answered once through {@code reply}, on any thread, unless the session is lost or the login given
     * up first.
     */
    public void answer(LoginPeer peer, Element iq, Consumer<Element> reply) {
        if (LoginRequest.isIn(iq)) {
            answerLogin(peer, iq, reply);
        } else if (isGet(iq, "query", Namespaces.DISCO_INFO)) {
            reply.accept(Stanzas.result(iq, discoInfo()));
        } else if (isGet(iq, "query", Namespaces.DISCO_ITEMS)) {
            reply.accept(Stanzas.result(iq, Element.of("query", Namespaces.DISCO_ITEMS)));
        } else if (isGet(iq, "ping", Namespaces.PING)) {
            reply.accept(Stanzas.result(iq, null));
        } else {
            reply.accept(Stanzas.error(iq, StanzaCondition.SERVICE_UNAVAILABLE, null));
        }
    }

    /** The session is over: whatever came in over it is given up, and its guests are gone. */
    public void lost(String session) {
        logins.tell(new Logins.Lost(session));
    }

    /** Lets logins in progress end, within a bound, and removes the guests. Never a failed stage. */
    public CompletionStage<Done> stop() {
        return AskPattern.<Logins.Command, Done>ask(
                        logins, Logins.Stop::new, settings.stopWithin().plus(STOP_MARGIN), system.scheduler())
                .exceptionally(late -> Done.getInstance());
    }

    private void answerLogin(LoginPeer peer, Element iq, Consumer<Element> reply) {
        Optional<LoginRequest> request = LoginRequest.of(iq);
        Optional<LoginAsker> asker = LoginAsker.of(peer, iq);
        if (request.isEmpty() || asker.isEmpty()) {
            reply.accept(Stanzas.error(iq, StanzaCondition.BAD_REQUEST, "Expected a request of " + Namespaces.LOGIN));
        } else if (request.get() instanceof LoginRequest.Load) {
            LoginLoad load = new LoginLoad(inFlight.get(), ports.legs().getAsInt(), ports.maxLegs());
            reply.accept(Stanzas.result(iq, load.payload()));
        } else {
            logins.tell(new Logins.Ask(peer, asker.get(), request.get(), iq, reply));
        }
    }

    private static boolean isGet(Element iq, String name, String namespace) {
        return "get".equals(iq.attribute("type")) && iq.child(name, namespace).isPresent();
    }

    private static Element discoInfo() {
        Element query = Element.of("query", Namespaces.DISCO_INFO);
        query = query.with(Element.of("identity", Namespaces.DISCO_INFO)
                .with("category", "component")
                .with("type", "generic")
                .with("name", "Convoke Callbridge"));
        for (String feature :
                new String[] {Namespaces.DISCO_INFO, Namespaces.DISCO_ITEMS, Namespaces.PING, Namespaces.LOGIN}) {
            query = query.with(Element.of("feature", Namespaces.DISCO_INFO).with("var", feature));
        }
        return query;
    }
}
