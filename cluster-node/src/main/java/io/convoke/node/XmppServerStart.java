package io.convoke.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import io.convoke.actors.xmpp.XmppConfiguration;
import io.convoke.actors.xmpp.server.OwnPair;
import io.convoke.actors.xmpp.server.ServerWire;
import io.convoke.actors.xmpp.server.XmppPart;
import io.convoke.actors.xmpp.session.OwnServer;
import io.convoke.actors.xmpp.session.XmppSessions;
import io.convoke.media.xmpp.Listener;
import io.convoke.media.xmpp.XmppIdentity;
import io.convoke.media.xmpp.XmppListeners;
import io.convoke.node.settings.NodeSettings;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the node's XMPP server, and tells the node's own callbridge of it. */
final class XmppServerStart {
    private static final long OWN_CALLBRIDGE_SECONDS = 5;

    private XmppServerStart() {}

    /** The router and the users of every core node. */
    static XmppPart part(ActorSystem<Guardian.Command> system, NodeParts parts, NodeSettings settings)
            throws StartFailure {
        UUID server = Identity.of(settings.data(), "xmpp-server");
        return Guardian.run(
                system,
                guardian -> XmppPart.start(
                        guardian, settings.xmppLogins().server(server, settings.xmppDomain()), parts.context()));
    }

    /**
     * Opens the ports; one that is taken is tried again later. Waits a moment for the node's own callbridge, so that whoever logs in as soon as the node is ready
     * is not refused.
     *
     * @param sessions the node's callbridge's; null where it has none
     */
    static void start(CoreGround ground, @Nullable ActorRef<XmppSessions.Command> sessions) throws StartFailure {
        NodeParts parts = ground.parts();
        NodeSettings settings = parts.settings();
        XmppIdentity identity = XmppCertificate.of(settings, Instant.now());
        OwnPair own = sessions == null ? null : OwnPair.of(ground.callbridge());
        CompletableFuture<Void> ready = new CompletableFuture<>();
        parts.journal().listen(event -> {
            if (event.step().equals("xmppCallbridgeReady")) {
                ready.complete(null);
            }
        });
        XmppPart.Server server = Guardian.run(
                ground.system(),
                guardian ->
                        ground.xmpp().server(guardian, ground.administration().components(), own));
        XmppListeners listeners = new XmppListeners(settings.xmppServer().wire(), identity, server.port());
        server.serve(
                ServerWire.of(listeners, ground.blocking()),
                settings.xmppServer().listeners(),
                (listener, address) -> {
                    if (listener.kind() == Listener.Kind.COMPONENTS && sessions != null && own != null) {
                        sessions.tell(new XmppSessions.OwnServerBound(ownServer(settings, own, address, identity)));
                    }
                });
        if (sessions != null && registersByItself(ground)) {
            ready.completeOnTimeout(null, OWN_CALLBRIDGE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    private static OwnServer ownServer(
            NodeSettings settings, OwnPair own, InetSocketAddress address, XmppIdentity identity) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return new OwnServer(
                host,
                address.getPort(),
                settings.xmppDomain(),
                own.name(),
                own.secret(),
                identity.chain().get(0));
    }

    private static boolean registersByItself(CoreGround ground) {
        try {
            return ground.administration()
                    .configurations()
                    .read(ground.callbridge())
                    .toCompletableFuture()
                    .join()
                    .equals(XmppConfiguration.EMPTY);
        } catch (CompletionException unreachable) {
            // The callbridge goes on asking the database by itself.
            return false;
        }
    }
}
