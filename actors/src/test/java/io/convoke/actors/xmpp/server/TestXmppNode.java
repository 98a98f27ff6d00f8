package io.convoke.actors.xmpp.server;

import akka.Done;
import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.trace.TraceStore;
import io.convoke.actors.xmpp.ComponentSecrets;
import io.convoke.media.xmpp.Listener;
import io.convoke.media.xmpp.ServerPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A core node with an XMPP server; only the wire is not real. */
final class TestXmppNode implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Instant NOW = Instant.parse("2026-02-23T09:00:00Z");
    static final String DOMAIN = "example.org";

    final ActorTestKit kit;
    final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    /** What the next attempts to bind come to. */
    final LinkedBlockingQueue<CompletableFuture<InetSocketAddress>> binds = new LinkedBlockingQueue<>();

    final XmppPart part;
    final XmppPart.Server server;

    private enum Nothing {
        INSTANCE
    }

    private record Started(XmppPart part, XmppPart.Server server) {}

    TestXmppNode(@Nullable TestXmppNode seed, ComponentSecrets secrets) {
        this(seed, secrets, settings -> settings);
    }

    /** Joins the cluster of {@code seed}, or makes one of its own. */
    TestXmppNode(@Nullable TestXmppNode seed, ComponentSecrets secrets, UnaryOperator<XmppSettings> change) {
        Config config = ConfigFactory.parseString("""
                        akka.actor.provider = cluster
                        akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                        akka.cluster { downing-provider-class = "", jmx.enabled = off, min-nr-of-members = 1 }
                        akka.coordinated-shutdown { exit-jvm = off, run-by-actor-system-terminate = off }
                        """).withFallback(ConfigFactory.load());
        kit = ActorTestKit.create("convoke", config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager()
                .tell(Join.create(
                        seed == null
                                ? cluster.selfMember().address()
                                : Cluster.get(seed.kit.system()).selfMember().address()));
        Journal journal = NodeJournal.of(
                "n1", Origin.CORE, "host:server", InstantSource.system(), new TraceStore(1000), event -> {});
        journal.listen(events::add);
        NodeContext context =
                NodeContext.of("n1", journal, Board.of(kit.spawn(StateBoard.create("n1", InstantSource.system()))));
        XmppSettings defaults = XmppSettings.defaults(new UUID(1, 1), DOMAIN);
        XmppSettings settings = change.apply(new XmppSettings(
                defaults.server(),
                DOMAIN,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(200),
                Duration.ofMillis(600),
                3,
                3,
                3,
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofSeconds(1)));
        TestProbe<Started> started = kit.createTestProbe();
        kit.spawn(Behaviors.<Nothing>setup(guardian -> {
            started.getRef().tell(start(guardian, settings, context, secrets));
            return Behaviors.empty();
        }));
        Started parts = started.receiveMessage(PATIENCE);
        part = parts.part();
        server = parts.server();
        int members = seed == null ? 1 : 2;
        await(() -> up() >= members);
    }

    private static Started start(
            ActorContext<?> guardian, XmppSettings settings, NodeContext context, ComponentSecrets secrets) {
        XmppPart part = XmppPart.start(guardian, settings, context);
        return new Started(part, part.server(guardian, secrets, new OwnPair("callbridge-own", "hunter2")));
    }

    ServerPort port() {
        return server.port();
    }

    void serve(List<Listener> listeners) {
        server.serve(
                new ServerWire() {
                    @Override
                    public CompletionStage<InetSocketAddress> bind(Listener listener) {
                        return binds.remove();
                    }

                    @Override
                    public Map<String, Integer> connections() {
                        return Map.of("clients", 4);
                    }

                    @Override
                    public CompletionStage<Done> close() {
                        return CompletableFuture.completedFuture(Done.getInstance());
                    }
                },
                listeners,
                (listener, address) -> {});
    }

    List<StateSnapshot> state(String kind) {
        return StateBoard.gather(kit.system(), kind, null, Duration.ofSeconds(5))
                .toCompletableFuture()
                .join();
    }

    List<String> texts() {
        return events.stream().map(TraceEvent::text).toList();
    }

    void await(java.util.function.BooleanSupplier holds) {
        kit.createTestProbe().awaitAssert(PATIENCE, () -> {
            if (!holds.getAsBoolean()) {
                throw new AssertionError("Not within " + PATIENCE);
            }
            return null;
        });
    }

    private long up() {
        return StreamSupport.stream(
                        Cluster.get(kit.system()).state().getMembers().spliterator(), false)
                .filter(member -> member.status() == MemberStatus.up())
                .count();
    }

    /** Without a goodbye; {@code survivor} takes it for dead, and then out of the cluster, as a cluster does that was not told. */
    void crash(TestXmppNode survivor) {
        Address gone = Cluster.get(kit.system()).selfMember().address();
        kit.shutdownTestKit();
        Cluster cluster = Cluster.get(survivor.kit.system());
        survivor.await(() -> !cluster.state().getUnreachable().isEmpty());
        cluster.manager().tell(new Down(gone));
        survivor.await(() -> StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .noneMatch(member -> member.address().equals(gone)));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
