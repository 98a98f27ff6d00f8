package io.convoke.actors.xmpp.server;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.typed.Cluster;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.xmpp.ComponentSecrets;
import io.convoke.actors.xmpp.RoomService;
import io.convoke.actors.xmpp.StanzaRouter;
import io.convoke.media.xmpp.Listener;
import io.convoke.media.xmpp.ServerPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** XMPP on a core node: the router and the users' entities on each, the server where the node has that role. */
public final class XmppPart {
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(8);

    private final ActorSystem<?> system;
    private final XmppNode node;

    private XmppPart(ActorSystem<?> system, XmppNode node) {
        this.system = system;
        this.node = node;
    }

    /** To be called once per actor system, on the guardian's thread, when the node is a member of its cluster. */
    public static XmppPart start(ActorContext<?> guardian, XmppSettings settings, NodeContext context) {
        ActorSystem<?> system = guardian.getSystem();
        String uid = ClusterNodes.uid(Cluster.get(system).selfMember().uniqueAddress());
        LocalStreams streams = new LocalStreams();
        ComponentDirectory directory = new ComponentDirectory();
        Router router = new Router(system, settings, uid, streams, directory);
        ServerIqs iqs = new ServerIqs(system, XmppNode.addressOf(settings, uid), router::toPlace);
        router.connect(iqs);
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        XmppNode node = new XmppNode(
                context,
                settings,
                uid,
                streams,
                directory,
                router,
                iqs,
                new AtomicReference<>(),
                () -> shutdown.getShutdownReason().isPresent());
        UserNodes nodes = new ClusterNodes(
                system, () -> Optional.ofNullable(node.postRef().get()), directory);
        // Users stay while they have clients, and say themselves when they may go.
        ClusterSharding.get(system)
                .init(Entity.of(
                                XmppUser.KEY,
                                entity -> XmppUser.create(
                                        entity.getEntityId(),
                                        entity.getShard(),
                                        settings.maxResources(),
                                        router,
                                        nodes))
                        .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        node.postRef().set(guardian.spawn(StanzaPost.create(node), "xmpp-post"));
        return new XmppPart(system, node);
    }

    /** For whoever has something to send: rooms, above all. */
    public StanzaRouter router() {
        return node.router();
    }

    /** From now on rooms can be reached. */
    public void rooms(RoomService rooms) {
        node.router().connect(rooms);
    }

    /** That component's secret was changed or removed: wherever it is registered, its stream ends. From any thread. */
    public void componentChanged(String name) {
        StanzaPost.DropComponent drop = new StanzaPost.DropComponent(name);
        node.post().tell(drop);
        node.directory().others().forEach(post -> post.tell(drop));
    }

    /** The node's server, which serves nothing yet. */
    public final class Server {
        private final ActorRef<XmppServer.Command> actor;
        private final ServerPort port;

        private Server(ActorRef<XmppServer.Command> actor, ServerPort port) {
            this.actor = actor;
            this.port = port;
        }

        /** What the wire is to be made with. */
        public ServerPort port() {
            return port;
        }

        /**
         * Opens the ports and keeps them open. In the actor system's shutdown the clients are told in the phase {@code before-service-unbind}; ports and components
         * are closed in {@code service-stop}, when nobody needs them any more.
         *
         * @param opened is told of each port when it is open, on the server's thread
         */
        public void serve(ServerWire wire, List<Listener> listeners, BiConsumer<Listener, InetSocketAddress> opened) {
            actor.tell(new XmppServer.Serve(wire, listeners, opened));
            Duration clients = node.settings().stopWithin().plusSeconds(1);
            CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
            shutdown.addTask(
                    CoordinatedShutdown.PhaseBeforeServiceUnbind(),
                    "xmpp-server-says-goodbye",
                    () -> settled(AskPattern.<XmppServer.Command, Done>ask(
                            actor, XmppServer.StopClients::new, clients, system.scheduler())));
            shutdown.addTask(
                    CoordinatedShutdown.PhaseServiceStop(),
                    "xmpp-server-closes",
                    () -> settled(AskPattern.<XmppServer.Command, Done>ask(
                            actor, XmppServer.Stop::new, CLOSE_MARGIN, system.scheduler())));
        }
    }

    /**
     * Starts the server; on the guardian's thread.
     *
     * @param own how this node's own callbridge registers; null where it has none
     */
    public Server server(ActorContext<?> guardian, ComponentSecrets secrets, @Nullable OwnPair own) {
        LoginCounters counters = new LoginCounters();
        ActorRef<LoginDesk.Command> logins = guardian.spawn(LoginDesk.create(node, counters), "xmpp-login-desk");
        ActorRef<XmppServer.Command> actor = guardian.spawn(XmppServer.create(node, counters), "xmpp-server");
        return new Server(actor, new ServerDesk(system, node, logins, actor, name -> secretOf(name, secrets, own)));
    }

    private static CompletionStage<Optional<String>> secretOf(
            String name, ComponentSecrets secrets, @Nullable OwnPair own) {
        return own != null && own.name().equals(name)
                ? CompletableFuture.completedFuture(Optional.of(own.secret()))
                : secrets.find(name);
    }

    private static CompletionStage<Done> settled(CompletionStage<?> work) {
        return work.handle((result, failure) -> Done.getInstance());
    }
}
