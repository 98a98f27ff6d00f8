package io.convoke.actors.chat;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.xmpp.RoomService;
import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The rooms of all spaces, for one node's XMPP clients. The service itself answers what it is, and lists no rooms: knowing a meeting's address is what lets
 * people in.
 */
public final class ChatRooms implements RoomService {
    private static final List<String> FEATURES =
            List.of(Namespaces.DISCO_INFO, Namespaces.DISCO_ITEMS, Namespaces.MUC, Namespaces.PING);

    private final String domain;
    private final StanzaRouter router;
    private final ActorRef<ChatGate.Command> gate;

    private ChatRooms(String domain, StanzaRouter router, ActorRef<ChatGate.Command> gate) {
        this.domain = domain;
        this.router = router;
        this.gate = gate;
    }

    /**
     * Starts this node's way into the rooms, as a child of the guardian whose context this is; on the guardian's thread. The node's part of the sharding of
     * {@link ChatRoom} must have been started.
     *
     * @param domain {@code rooms.} and the XMPP domain
     */
    public static ChatRooms start(
            ActorContext<?> guardian,
            String domain,
            PasscodeThrottle.Settings passcodes,
            NodeContext node,
            SpaceDirectory spaces,
            StanzaRouter router) {
        ClusterSharding sharding = ClusterSharding.get(guardian.getSystem());
        return start(
                guardian,
                domain,
                passcodes,
                new ChatGate.Ports(
                        node, spaces, router, space -> sharding.entityRefFor(ChatRoom.KEY, space.toString())));
    }

    static ChatRooms start(
            ActorContext<?> guardian, String domain, PasscodeThrottle.Settings passcodes, ChatGate.Ports ports) {
        return new ChatRooms(domain, ports.router(), guardian.spawn(ChatGate.create(passcodes, ports), "chat-gate"));
    }

    @Override
    public String domain() {
        return domain;
    }

    @Override
    public CompletionStage<Done> handle(Element stanza) {
        Optional<Jid> to = Jid.parse(stanza.attribute("to"));
        if (to.isPresent() && to.get().local() != null) {
            CompletableFuture<Done> taken = new CompletableFuture<>();
            gate.tell(new ChatGate.Stanza(stanza, taken));
            return taken;
        }
        if (to.isPresent() && stanza.attribute("from") != null) {
            answer(stanza);
        }
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private void answer(Element stanza) {
        String type = stanza.attribute("type");
        Optional<Element> query = stanza.children().findFirst();
        if (!Stanzas.mayAnswerWithError(stanza) || stanza.name().equals("presence")) {
            return;
        }
        if (stanza.name().equals("iq") && query.isPresent() && "get".equals(type)) {
            if (query.get().is("query", Namespaces.DISCO_INFO)) {
                router.route(Stanzas.result(stanza, info()));
                return;
            } else if (query.get().is("query", Namespaces.DISCO_ITEMS)) {
                router.route(Stanzas.result(stanza, Element.of("query", Namespaces.DISCO_ITEMS)));
                return;
            } else if (query.get().is("ping", Namespaces.PING)) {
                router.route(Stanzas.result(stanza, null));
                return;
            }
        }
        router.route(Stanzas.error(
                stanza, StanzaCondition.SERVICE_UNAVAILABLE, "Write to a room: its meeting's ID or name @" + domain));
    }

    private static Element info() {
        Element info = Element.of("query", Namespaces.DISCO_INFO)
                .with(Element.of("identity", Namespaces.DISCO_INFO)
                        .with("category", "conference")
                        .with("type", "text")
                        .with("name", "Meetings"));
        for (String feature : FEATURES) {
            info = info.with(Element.of("feature", Namespaces.DISCO_INFO).with("var", feature));
        }
        return info;
    }
}
