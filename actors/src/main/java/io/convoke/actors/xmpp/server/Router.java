package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.actors.xmpp.RoomService;
import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.media.xmpp.ComponentConnection;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which way a stanza goes (RFC 6120 §10): to a user, a room, the server itself, a component here or on another node. */
final class Router implements StanzaRouter {
    private final ActorSystem<?> system;
    private final XmppSettings settings;
    private final String uid;
    private final LocalStreams streams;
    private final ComponentDirectory directory;
    private final ServerAnswers answers;
    private final Function<String, RecipientRef<XmppUser.Command>> users;
    private volatile @Nullable ServerIqs iqs;
    private volatile @Nullable RoomService rooms;

    Router(
            ActorSystem<?> system,
            XmppSettings settings,
            String uid,
            LocalStreams streams,
            ComponentDirectory directory) {
        this.system = system;
        this.settings = settings;
        this.uid = uid;
        this.streams = streams;
        this.directory = directory;
        this.answers = new ServerAnswers(settings.roomsDomain());
        ClusterSharding sharding = ClusterSharding.get(system);
        this.users = bare -> sharding.entityRefFor(XmppUser.KEY, bare);
    }

    /** Before the first stanza. */
    void connect(ServerIqs serverIqs) {
        iqs = serverIqs;
    }

    /** Until then rooms are not available. */
    void connect(RoomService service) {
        rooms = service;
    }

    RecipientRef<XmppUser.Command> user(Jid address) {
        return users.apply(address.bare().toString());
    }

    @Override
    public void route(Element stanza) {
        route(stanza, () -> {});
    }

    /** What was on its way to a client that is gone goes another way, if there is one; answers and presence concern nobody else. */
    void routeUndelivered(Element stanza) {
        String type = stanza.attribute("type");
        boolean answer = "error".equals(type) || "result".equals(type);
        if (!answer && !stanza.name().equals("presence") && stanza.attribute("to") != null) {
            route(stanza);
        }
    }

    /** {@code done} is run once it has been taken over or given up, on any thread. */
    void route(Element stanza, Runnable done) {
        Optional<Jid> to = Jid.parse(stanza.attribute("to"));
        if (to.isEmpty()) {
            bounce(stanza, StanzaCondition.JID_MALFORMED, null);
            done.run();
        } else {
            route(stanza, to.get(), done);
        }
    }

    private void route(Element stanza, Jid to, Runnable done) {
        String domain = to.domain();
        if (domain.equals(settings.domain())) {
            if (to.local() == null) {
                toServer(stanza, to);
                done.run();
            } else {
                toUser(stanza, to, done);
            }
        } else if (domain.equals(settings.roomsDomain())) {
            toRooms(stanza, done);
        } else {
            toComponent(stanza, domain, done);
        }
    }

    private void toServer(Element stanza, Jid to) {
        if (!stanza.name().equals("iq")) {
            if (stanza.name().equals("message")) {
                bounce(stanza, StanzaCondition.SERVICE_UNAVAILABLE, null);
            }
            return;
        }
        String type = stanza.attribute("type");
        if ("get".equals(type) || "set".equals(type)) {
            route(answers.forDomain(stanza));
        } else if (to.resource() == null || to.resource().equals(uid)) {
            ServerIqs waiting = iqs;
            if (waiting != null) {
                waiting.answered(stanza);
            }
        } else {
            directory.node(to.resource()).ifPresent(node -> node.tell(new StanzaPost.ToServer(StanzaText.of(stanza))));
        }
    }

    private void toUser(Element stanza, Jid to, Runnable done) {
        if (to.resource() != null) {
            Optional<BoundClient> here = streams.client(to.toString());
            if (here.isPresent()) {
                here.get().connection().send(stanza);
                done.run();
                return;
            }
        } else if (stanza.name().equals("iq")) {
            toAccount(stanza, to);
            done.run();
            return;
        }
        taken(
                stanza,
                AskPattern.<XmppUser.Command, Taken>ask(
                        user(to),
                        replyTo -> new XmppUser.Deliver(StanzaText.of(stanza), replyTo),
                        settings.takenWithin(),
                        system.scheduler()),
                done);
    }

    private void toAccount(Element iq, Jid to) {
        String type = iq.attribute("type");
        if ("get".equals(type) || "set".equals(type)) {
            boolean own = Jid.parse(iq.attribute("from"))
                    .filter(from -> from.bare().equals(to))
                    .isPresent();
            route(answers.forAccount(iq, own));
        }
    }

    private void toRooms(Element stanza, Runnable done) {
        RoomService service = rooms;
        if (service == null) {
            bounce(stanza, StanzaCondition.SERVICE_UNAVAILABLE, null);
            done.run();
            return;
        }
        taken(stanza, service.handle(stanza), done);
    }

    private void toComponent(Element stanza, String name, Runnable done) {
        Optional<ComponentConnection> here = streams.component(name);
        if (here.isPresent()) {
            here.get().send(stanza);
            done.run();
            return;
        }
        Optional<ActorRef<StanzaPost.Command>> node = directory.elsewhere(name);
        if (node.isEmpty()) {
            bounce(stanza, StanzaCondition.REMOTE_SERVER_NOT_FOUND, "This server does not reach " + name + ".");
            done.run();
            return;
        }
        taken(
                stanza,
                AskPattern.<StanzaPost.Command, Taken>ask(
                        node.get(),
                        replyTo -> new StanzaPost.ToComponent(name, StanzaText.of(stanza), replyTo),
                        settings.takenWithin(),
                        system.scheduler()),
                done);
    }

    /** Brings an IQ to that very registration, without waiting. */
    void toPlace(ComponentPlace place, Element iq) {
        ActorRef<StanzaPost.Command> node = place.node();
        if (node == null) {
            streams.component(place.name()).ifPresent(component -> component.send(iq));
        } else {
            node.tell(new StanzaPost.ToComponent(place.name(), StanzaText.of(iq), system.ignoreRef()));
        }
    }

    private void taken(Element stanza, CompletionStage<?> taken, Runnable done) {
        taken.whenComplete((answer, failure) -> {
            try {
                if (failure != null) {
                    bounce(stanza, StanzaCondition.REMOTE_SERVER_TIMEOUT, "The other nodes do not answer in time.");
                }
            } finally {
                done.run();
            }
        });
    }

    /** Answers with an error where one may be; presence that reaches nobody is dropped in silence. */
    void bounce(Element stanza, StanzaCondition condition, @Nullable String text) {
        boolean presence = stanza.name().equals("presence") && condition != StanzaCondition.REMOTE_SERVER_NOT_FOUND;
        boolean leaving = "unavailable".equals(stanza.attribute("type"));
        if (!presence && !leaving && Stanzas.mayAnswerWithError(stanza)) {
            Element error = Stanzas.error(stanza, condition, text);
            if (error.attribute("to") != null) {
                route(error);
            }
        }
    }
}
