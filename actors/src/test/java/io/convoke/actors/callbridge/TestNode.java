package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.CoordinatedShutdown;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.convoke.actors.chat.ChatSettings;
import io.convoke.actors.chat.ChatStore;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.guest.CredentialStoreSettings;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.NewSpace;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.space.Space;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.trace.TraceStore;
import io.convoke.actors.webbridge.EdgePart;
import io.convoke.actors.webbridge.EdgeSettings;
import io.convoke.actors.webbridge.JoinForm;
import io.convoke.actors.webbridge.JoinOutcome;
import io.convoke.actors.webbridge.SessionOutcome;
import io.convoke.actors.webbridge.ToClient;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.protocols.xmpp.xml.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** A whole node of actors over a real database; only the network and the media are not real. */
final class TestNode implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final ActorTestKit kit;
    final Database database;
    final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    final List<Element> stanzas = new CopyOnWriteArrayList<>();
    final RecordingMedia media = new RecordingMedia();
    final RecordingRelay relay = new RecordingRelay();
    final SpaceDirectory spaces;
    final CredentialStore credentials;
    final CoreSettings settings;
    final ActorRef<Webbridge.Command> webbridge;
    final LoopbackC2w c2w;
    final CorePart core;

    private enum Nothing {
        INSTANCE
    }

    static CoreSettings settings(Path folder) {
        return settings(folder, "core1");
    }

    static CoreSettings settings(Path folder, String node) {
        CoreSettings standard = CoreSettings.defaults(
                UUID.randomUUID(),
                "core1",
                "Convoke test",
                List.of(URI.create("c2w://edge:6000")),
                folder.resolve("jwt.json"));
        return new CoreSettings(
                standard.callbridge(),
                standard.node(),
                standard.software(),
                standard.webBridges(),
                standard.jwtKeyFile(),
                standard.tokenLifetime(),
                standard.maxJoinsInFlight(),
                standard.joinTimeout(),
                new CoreSettings.LinkSettings(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(5)),
                standard.lock(),
                new CoreSettings.LegSettings(Duration.ofSeconds(30), Duration.ofMillis(300), 64));
    }

    static CoreSettings withGrace(CoreSettings standard, Duration grace) {
        return new CoreSettings(
                standard.callbridge(),
                standard.node(),
                standard.software(),
                standard.webBridges(),
                standard.jwtKeyFile(),
                standard.tokenLifetime(),
                standard.maxJoinsInFlight(),
                standard.joinTimeout(),
                standard.link(),
                standard.lock(),
                new CoreSettings.LegSettings(standard.leg().openWithin(), grace, 64));
    }

    TestNode(DatabaseSettings db, CoreSettings settings) {
        this(db, settings, null);
    }

    /** Joins the cluster of {@code seed}, or makes one of its own. */
    TestNode(DatabaseSettings db, CoreSettings settings, @Nullable TestNode seed) {
        this.settings = settings;
        database = Database.open(db);
        Config config = ConfigFactory.parseString("""
                        akka.actor.provider = cluster
                        akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                        akka.cluster { roles = ["callbridge"], downing-provider-class = "", jmx.enabled = off }
                        akka.cluster.min-nr-of-members = 1
                        akka.coordinated-shutdown.exit-jvm = off
                        """)
                .withFallback(Database.persistenceConfig(db))
                .withFallback(ConfigFactory.load());
        kit = ActorTestKit.create("convoke", config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager()
                .tell(Join.create(
                        seed == null
                                ? cluster.selfMember().address()
                                : Cluster.get(seed.kit.system()).selfMember().address()));
        spaces = SpaceDirectory.over(
                database,
                kit.system().dispatchers().lookup(DispatcherSelector.fromConfig("convoke.blocking-dispatcher")));
        credentials = CredentialStore.over(kit.system(), database, CredentialStoreSettings.standard());
        Journal journal = NodeJournal.of(
                settings.node(), Origin.CORE, "host:server", InstantSource.system(), new TraceStore(1000), event -> {});
        journal.listen(events::add);
        NodeContext node = NodeContext.of(
                settings.node(),
                journal,
                Board.of(kit.spawn(StateBoard.create(settings.node(), InstantSource.system()))));
        EdgeSettings edge = EdgeSettings.defaults(UUID.randomUUID(), "edge1", "Convoke test");
        TestProbe<ActorRef<Webbridge.Command>> started = kit.createTestProbe();
        kit.spawn(edge(edge, node, started.getRef()));
        webbridge = started.receiveMessage(PATIENCE);
        c2w = new LoopbackC2w(webbridge);
        TestProbe<CorePart> coreStarted = kit.createTestProbe();
        kit.spawn(core(node, coreStarted.getRef()));
        core = coreStarted.receiveMessage(PATIENCE);
        // The receptionist, through which boards are found, lists a new one only half a second later.
        await(() -> assertThat(state("callbridges"))
                .extracting(StateSnapshot::id)
                .contains(settings.callbridge().toString()));
    }

    private Behavior<Nothing> edge(
            EdgeSettings settings, NodeContext node, ActorRef<ActorRef<Webbridge.Command>> started) {
        return Behaviors.setup(context -> {
            started.tell(EdgePart.start(context, settings, node, relay).webbridge());
            return Behaviors.empty();
        });
    }

    private Behavior<Nothing> core(NodeContext node, ActorRef<CorePart> started) {
        return Behaviors.setup(context -> {
            try {
                started.tell(CorePart.start(
                        context,
                        settings,
                        new CorePart.Ports(
                                node,
                                spaces,
                                credentials,
                                new PasscodeThrottle(PasscodeThrottle.Settings.standard()),
                                media,
                                c2w,
                                new CorePart.ChatPorts(
                                        ChatSettings.standard(),
                                        ChatStore.over(database, ForkJoinPool.commonPool()),
                                        stanzas::add))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Behaviors.empty();
        });
    }

    Space space(String callId, String passcode, int limit) {
        return spaces.create(new NewSpace(callId, "room" + callId, callId, passcode, limit))
                .toCompletableFuture()
                .join();
    }

    JoinOutcome join(String name, String callId, String passcode) {
        TestProbe<JoinOutcome> probe = kit.createTestProbe();
        webbridge.tell(new Webbridge.Join(
                new JoinForm(name, callId, null, null, passcode),
                "192.0.2.1",
                "meet.example.org",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:122.0) Gecko/20100101 Firefox/122.0",
                false,
                probe.getRef()));
        return probe.receiveMessage(PATIENCE);
    }

    /** Joins, however long the links and the cluster take to come up. */
    JoinOutcome.Joined joined(String name, String callId) {
        TestProbe<Object> unused = kit.createTestProbe();
        return unused.awaitAssert(PATIENCE, Duration.ofMillis(50), () -> {
            JoinOutcome outcome = join(name, callId, null);
            if (outcome instanceof JoinOutcome.Joined joined) {
                return joined;
            }
            throw new AssertionError("not yet: " + outcome);
        });
    }

    /** A client with its session open and its welcome read. */
    final class Client {
        final TestProbe<ToClient> inbox = kit.createTestProbe();
        final JoinOutcome.Joined joined;
        final UUID connection;

        Client(JoinOutcome.Joined joined) {
            this.joined = joined;
            this.connection = ((SessionOutcome.SessionAccepted) open(joined.token(), inbox)).connection();
            expect("welcome");
        }

        void send(String json) {
            webbridge.tell(new Webbridge.FromClient(connection, json));
        }

        /** The next message of that type; others before it are passed over. */
        String expect(String type) {
            List<ToClient> passedOver = new ArrayList<>();
            while (true) {
                ToClient message;
                try {
                    message = inbox.receiveMessage(PATIENCE);
                } catch (AssertionError none) {
                    throw new AssertionError("Expected " + type + ", but found " + passedOver, none);
                }
                passedOver.add(message);
                String json = message instanceof ToClient.Text text ? text.json() : ((ToClient.Last) message).json();
                if (json.startsWith("{\"type\":\"" + type + "\"")) {
                    return json;
                }
            }
        }
    }

    Client client(String name, String callId) {
        return new Client(joined(name, callId));
    }

    SessionOutcome open(String token, TestProbe<ToClient> inbox) {
        TestProbe<SessionOutcome> outcome = kit.createTestProbe();
        webbridge.tell(new Webbridge.OpenSession(token, inbox.getRef(), outcome.getRef()));
        return outcome.receiveMessage(PATIENCE);
    }

    List<StateSnapshot> state(String kind) {
        return StateBoard.gather(kit.system(), kind, null, Duration.ofSeconds(3))
                .toCompletableFuture()
                .join();
    }

    void await(Runnable assertion) {
        kit.createTestProbe().awaitAssert(PATIENCE, Duration.ofMillis(20), () -> {
            assertion.run();
            return null;
        });
    }

    void awaitStep(String step) {
        await(() -> {
            if (events.stream().noneMatch(event -> event.step().equals(step))) {
                throw new AssertionError("no " + step + " in "
                        + events.stream().map(TraceEvent::text).toList());
            }
        });
    }

    /** Ends without a word to anybody, as a killed process does. */
    void crash() {
        CoordinatedShutdown.get(kit.system())
                .run(
                        CoordinatedShutdown.unknownReason(),
                        Optional.of(CoordinatedShutdown.PhaseBeforeActorSystemTerminate()))
                .toCompletableFuture()
                .join();
        close();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        database.close();
    }
}
