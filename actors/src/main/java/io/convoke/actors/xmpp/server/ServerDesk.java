package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.convoke.actors.trace.Ids;
import io.convoke.media.xmpp.ClientConnection;
import io.convoke.media.xmpp.ComponentConnection;
import io.convoke.media.xmpp.SaslExchange;
import io.convoke.media.xmpp.ServerPort;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.xml.Element;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What the wire asks, handed to whoever knows. Stanzas are routed on the thread that brings them. */
final class ServerDesk implements ServerPort {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RESOURCE_BYTES = 12;

    private final ActorSystem<?> system;
    private final XmppNode node;
    private final ClientStanzas stanzas;
    private final ActorRef<LoginDesk.Command> logins;
    private final ActorRef<XmppServer.Command> server;
    private final Function<String, CompletionStage<Optional<String>>> secrets;

    ServerDesk(
            ActorSystem<?> system,
            XmppNode node,
            ActorRef<LoginDesk.Command> logins,
            ActorRef<XmppServer.Command> server,
            Function<String, CompletionStage<Optional<String>>> secrets) {
        this.system = system;
        this.node = node;
        this.stanzas = new ClientStanzas(node);
        this.logins = logins;
        this.server = server;
        this.secrets = secrets;
    }

    @Override
    public void authenticate(SaslExchange exchange, byte[] data) {
        logins.tell(new LoginDesk.Step(exchange, data));
    }

    @Override
    public void authenticationAbandoned(SaslExchange exchange) {
        logins.tell(new LoginDesk.Abandoned(exchange));
    }

    @Override
    public CompletionStage<Jid> bind(ClientConnection client, Optional<String> requested) {
        String resource = requested.filter(wish -> !wish.isBlank()).orElseGet(ServerDesk::madeUp);
        Optional<Jid> address = Jid.of(client.local(), node.settings().domain(), resource);
        if (address.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException("Expected a resource of RFC 7622, but found another"));
        }
        Jid full = address.get();
        return AskPattern.<XmppUser.Command, XmppUser.BindAnswer>ask(
                        node.router().user(full),
                        replyTo ->
                                new XmppUser.Bind(String.valueOf(full.resource()), client.id(), node.post(), replyTo),
                        node.settings().takenWithin(),
                        system.scheduler())
                .thenApply(answer -> {
                    if (!answer.bound()) {
                        throw new IllegalStateException("Expected room for another client of " + full.bare()
                                + ", but there are " + node.settings().maxResources());
                    }
                    BoundClient bound =
                            new BoundClient(client, full, node.settings().maxDirected());
                    node.streams().add(bound);
                    // Should the entity have been moved since it answered, it has not heard of the client here.
                    node.tellAgain(bound);
                    logins.tell(new LoginDesk.ClientBound(bound));
                    server.tell(new XmppServer.ClientBound(bound));
                    return full;
                });
    }

    @Override
    public void fromClient(ClientConnection client, Element stanza, Runnable done) {
        Optional<BoundClient> bound = node.streams().client(client.id());
        if (bound.isPresent()) {
            stanzas.handle(bound.get(), stanza, done);
        } else {
            done.run();
        }
    }

    @Override
    public void clientGone(ClientConnection client, String reason, List<Element> undelivered) {
        node.streams().client(client.id()).ifPresent(bound -> {
            stanzas.gone(bound, undelivered);
            logins.tell(new LoginDesk.ClientGone(bound));
            server.tell(new XmppServer.ClientGone(bound, reason));
        });
    }

    @Override
    public CompletionStage<Optional<String>> componentSecret(String name) {
        return secrets.apply(name);
    }

    @Override
    public void componentUp(ComponentConnection component) {
        node.streams().add(component);
        server.tell(new XmppServer.ComponentUp(component));
    }

    @Override
    public void componentGone(ComponentConnection component, String reason) {
        node.streams().remove(component);
        server.tell(new XmppServer.ComponentGone(component, reason));
    }

    @Override
    public void fromComponent(ComponentConnection component, Element stanza, Runnable done) {
        node.router().route(stanza, done);
    }

    @Override
    public void event(String step, String text) {
        node.context().journal().record(step, Ids.none(), text.startsWith("XMPP") ? text : "XMPP: " + text);
    }

    private static String madeUp() {
        byte[] bytes = new byte[RESOURCE_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
