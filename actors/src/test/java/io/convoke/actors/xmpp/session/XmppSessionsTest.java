package io.convoke.actors.xmpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoke.actors.dns.NameLookup;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.trace.TraceStore;
import io.convoke.actors.xmpp.SessionStanzas;
import io.convoke.actors.xmpp.XmppConfiguration;
import io.convoke.actors.xmpp.XmppConfigurationStore;
import io.convoke.actors.xmpp.login.LoginPeer;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sessions as actors: what the board shows of them, alarms, changes of the configuration, the node's own server. */
class XmppSessionsTest {
    private static final UUID CALLBRIDGE = UUID.randomUUID();

    @TempDir
    private Path folder;

    private final Walks walks = new Walks();
    private final Stored store = new Stored();
    private final Recorded stanzas = new Recorded();
    private final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    private ActorTestKit kit;
    private ActorRef<StateBoard.Command> board;

    @BeforeEach
    void start() {
        kit = ActorTestKit.create();
        board = kit.spawn(StateBoard.create("core1", InstantSource.system()));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
        walks.close();
    }

    @Test
    void shouldSayAtStepTwoThatNothingIsConfigured() {
        // when
        start(Walks.hostsOnly(), false);

        // then
        JsonNode session =
                await("xmpp-sessions", one -> one.path("state").asText().equals("unconfigured"));
        assertThat(session.path("id").asText()).isEqualTo(CALLBRIDGE.toString());
        assertThat(session.path("step").path("number").asInt()).isEqualTo(2);
        assertThat(session.path("lastError").path("advice").asText()).contains("Configuration > General");
    }

    @Test
    void shouldSayThatTheDatabaseIsAwayAndRegisterWhenItIsBack() throws Exception {
        // given
        store.failing = true;
        try (ScriptedServer server = good()) {
            // when
            start(Walks.hostsOnly(), false);

            // then
            JsonNode session = await(
                    "xmpp-sessions",
                    one -> one.path("lastError").path("code").asText().equals("databaseUnavailable"));
            assertThat(session.path("step").path("number").asInt()).isEqualTo(2);

            // when
            store.configuration = configuration("localhost:" + server.port());
            store.failing = false;

            // then
            awaitRegistered();
        }
    }

    @Test
    void shouldShowAllOfARegistration() throws Exception {
        // given
        try (ScriptedServer server = good()) {
            store.configuration = configuration("localhost:" + server.port());

            // when
            start(Walks.hostsOnly(), false);

            // then
            JsonNode session = awaitRegistered();
            assertThat(session.path("step").path("number").asInt()).isEqualTo(11);
            assertThat(session.path("step").path("since").asText()).isNotEmpty();
            assertThat(session.path("server").asText()).isEqualTo("localhost:" + server.port());
            assertThat(session.path("uniqueName").asText()).isEqualTo(Walks.NAME);
            assertThat(session.path("domain").asText()).isEqualTo(Walks.DOMAIN);
            assertThat(session.path("transport").asText()).isEqualTo("tls");
            assertThat(session.path("dns").toString()).contains("A localhost", "127.0.0.1", "ttlSeconds", "resolvedAt");
            assertThat(session.path("candidates").toString()).contains("127.0.0.1", "registered");
            assertThat(session.path("certificate").path("sans").toString()).contains(Walks.DOMAIN);
            assertThat(session.path("certificate").path("notAfter").asText()).endsWith("Z");
            assertThat(session.path("registeredSince").asText()).isNotEmpty();
            assertThat(session.path("attempts").asInt()).isEqualTo(1);
            assertThat(session.toString()).doesNotContain(Walks.SECRET);
            assertThat(events.toString())
                    .contains("registered as " + Walks.NAME)
                    .doesNotContain(Walks.SECRET);
        }
    }

    @Test
    void shouldRaiseAnAlarmAndClearItOnceAChangedConfigurationWorks() throws Exception {
        // given
        TestCertificates.Identity identity = walks.authority.issue(Walks.DOMAIN, "localhost");
        try (ScriptedServer refusing = new ScriptedServer(line -> {
                    line.tls(identity).header().until("</handshake>");
                    line.error("not-authorized", "");
                    line.swallow();
                });
                ScriptedServer server = good()) {
            store.configuration = configuration("localhost:" + refusing.port());
            ActorRef<XmppSessions.Command> sessions = start(Walks.hostsOnly(), false);

            // then
            JsonNode alarm = await("alarms", one -> true);
            assertThat(alarm.path("type").asText()).isEqualTo("xmppAuthenticationRegistrationFailure");
            assertThat(alarm.path("failureReason").asText()).isEqualTo("authenticationFailure");
            assertThat(alarm.path("callbridge").asText()).isEqualTo(CALLBRIDGE.toString());
            assertThat(alarm.path("server").asText()).isEqualTo("localhost:" + refusing.port());
            assertThat(alarm.path("words").asText()).contains("not-authorized");

            // when
            store.configuration = configuration("localhost:" + server.port());
            sessions.tell(new XmppSessions.ConfigurationChanged(UUID.randomUUID()));
            sessions.tell(new XmppSessions.ConfigurationChanged(CALLBRIDGE));

            // then
            awaitRegistered();
            assertThat(gather("alarms")).isEmpty();
            assertThat(events).extracting(TraceEvent::step).contains("xmppAlarmRaised", "xmppRegistered");
            assertThat(events.toString()).doesNotContain(Walks.SECRET);
        }
    }

    @Test
    void shouldRegisterAgainAfterTheServerWasRestarted() throws Exception {
        // given
        TestCertificates.Identity identity = walks.authority.issue(Walks.DOMAIN, "localhost");
        var first = new java.util.concurrent.atomic.AtomicBoolean(true);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.tls(identity).accept();
            if (first.getAndSet(false)) {
                line.error("system-shutdown", "");
            } else {
                line.pongs();
            }
        })) {
            store.configuration = configuration("localhost:" + server.port());

            // when
            start(Walks.hostsOnly(), false);

            // then
            JsonNode session = await(
                    "xmpp-sessions",
                    one -> one.path("state").asText().equals("registered")
                            && one.path("attempts").asInt() == 2);
            assertThat(session.path("lastError").path("code").asText()).isEqualTo("serverShutdown");
            assertThat(stanzas.lost).hasSize(1);
            assertThat(events).extracting(TraceEvent::step).contains("xmppAlarmRaised", "xmppAlarmCleared");
        }
    }

    @Test
    void shouldRegisterWithItsOwnNodesServerWhileNothingIsConfigured() throws Exception {
        // given
        TestCertificates.Identity selfMade = new TestCertificates("Own").issue("whatever.test");
        try (ScriptedServer own =
                        new ScriptedServer(line -> line.tls(selfMade).accept().pongs());
                ScriptedServer impostor =
                        new ScriptedServer(line -> line.tls(walks.authority.issue(Walks.DOMAIN, "127.0.0.1"))
                                .accept()
                                .swallow())) {
            ActorRef<XmppSessions.Command> sessions = start(Walks.hostsOnly(), false);

            // when
            sessions.tell(new XmppSessions.OwnServerBound(own(own.port(), selfMade)));

            // then
            JsonNode session = awaitRegistered();
            assertThat(session.path("ownServer").asBoolean()).isTrue();
            assertThat(session.path("uniqueName").asText()).isEqualTo("callbridge-" + CALLBRIDGE);
            assertThat(session.toString()).doesNotContain("made-up");

            // when
            sessions.tell(new XmppSessions.OwnServerBound(own(impostor.port(), selfMade)));

            // then
            await(
                    "xmpp-sessions",
                    one -> one.path("lastError").path("code").asText().equals("unknownIssuer"));
        }
    }

    @Test
    void shouldHaveASessionWithEachServerWhereThatIsConfigured() throws Exception {
        // given
        TestCertificates.Identity identity = walks.authority.issue(Walks.DOMAIN, "a.example.test", "b.example.test");
        ScriptedServer.Script script = line -> line.tls(identity).accept().pongs();
        String srv = "--srv-host=_xmpp-component._tcp." + Walks.DOMAIN;
        try (ScriptedServer one = new ScriptedServer(script);
                ScriptedServer two = new ScriptedServer(script);
                NameServer names = NameServer.start(
                        folder,
                        "--local=/test/",
                        srv + ",a.example.test," + one.port() + ",10,0",
                        srv + ",b.example.test," + two.port() + ",20,0",
                        "--host-record=a.example.test,127.0.0.1",
                        "--host-record=b.example.test,127.0.0.1")) {
            store.configuration = configuration("");

            // when
            start(Walks.resolver(names.port()), true);

            // then
            await(
                    "xmpp-sessions",
                    session -> session.path("server").asText().equals("a.example.test:" + one.port())
                            && session.path("state").asText().equals("registered"));
            await(
                    "xmpp-sessions",
                    session -> session.path("server").asText().equals("b.example.test:" + two.port())
                            && session.path("state").asText().equals("registered"));
            assertThat(gather("xmpp-sessions")).hasSize(2);
        }
    }

    @Test
    void shouldHandQuestionsToTheLoginsAndSendTheirAnswersBack() throws Exception {
        // given
        TestCertificates.Identity identity = walks.authority.issue(Walks.DOMAIN, "localhost");
        CompletableFuture<String> answer = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.tls(identity).accept();
            line.send("<iq type='set' id='q1' from='" + Walks.DOMAIN + "' to='" + Walks.NAME
                    + "'><auth xmlns='urn:convoke:login:1' mechanism='ANONYMOUS' session='s1'/></iq>");
            answer.complete(line.until("</iq>"));
            line.swallow();
        })) {
            store.configuration = configuration("localhost:" + server.port());

            // when
            start(Walks.hostsOnly(), false);

            // then
            assertThat(answer.get(15, java.util.concurrent.TimeUnit.SECONDS)).contains("id='q1'", "forbidden");
            assertThat(stanzas.peers).singleElement().satisfies(peer -> {
                assertThat(peer.domain()).isEqualTo(Walks.DOMAIN);
                assertThat(peer.encrypted()).isTrue();
            });
            await("xmpp-sessions", one -> one.path("step").path("number").asInt() == 12);
        }
    }

    private ScriptedServer good() throws Exception {
        TestCertificates.Identity identity = walks.authority.issue(Walks.DOMAIN, "localhost");
        return new ScriptedServer(line -> line.tls(identity).accept().pongs());
    }

    private static OwnServer own(int port, TestCertificates.Identity identity) {
        return new OwnServer(
                "127.0.0.1", port, "localhost", "callbridge-" + CALLBRIDGE, "made-up", identity.certificate());
    }

    private static XmppConfiguration configuration(String address) {
        return new XmppConfiguration(Walks.NAME, Walks.DOMAIN, Walks.SECRET, address);
    }

    private ActorRef<XmppSessions.Command> start(NameLookup names, boolean each) {
        var journal = NodeJournal.of(
                "core1", Origin.CORE, "host:server", InstantSource.system(), new TraceStore(1000), event -> {});
        journal.listen(events::add);
        return kit.spawn(XmppSessions.create(
                new XmppSessionsSettings(each, Set.of(), Walks.settings("").limits(), Walks.QUICK),
                store,
                new SessionContext(
                        CALLBRIDGE,
                        NodeContext.of("core1", journal, Board.of(board)),
                        names,
                        walks.dialer,
                        pinned -> CompletableFuture.completedFuture(pinned == null ? walks.tls() : walks.tls(pinned)),
                        stanzas)));
    }

    private JsonNode awaitRegistered() {
        return await("xmpp-sessions", one -> one.path("state").asText().equals("registered"));
    }

    private JsonNode await(String kind, Predicate<JsonNode> wished) {
        TestProbe<Object> probe = kit.createTestProbe();
        return probe.awaitAssert(
                Duration.ofSeconds(20),
                Duration.ofMillis(50),
                () -> gather(kind).stream()
                        .filter(wished)
                        .findFirst()
                        .orElseThrow(
                                () -> new AssertionError("Expected another " + kind + ", but found " + gather(kind))));
    }

    private List<JsonNode> gather(String kind) {
        TestProbe<StateBoard.Gathered> probe = kit.createTestProbe();
        board.tell(new StateBoard.GatherLocal(kind, null, Duration.ofSeconds(2), probe.getRef()));
        return probe.receiveMessage(Duration.ofSeconds(5)).snapshots().stream()
                .map(snapshot -> read(snapshot.json()))
                .toList();
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class Stored implements XmppConfigurationStore {
        private volatile XmppConfiguration configuration = XmppConfiguration.EMPTY;
        private volatile boolean failing;

        @Override
        public CompletionStage<XmppConfiguration> read(UUID callbridge) {
            return failing
                    ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                    : CompletableFuture.completedFuture(configuration);
        }

        @Override
        public CompletionStage<Done> write(UUID callbridge, XmppConfiguration configuration) {
            this.configuration = configuration;
            return CompletableFuture.completedFuture(Done.getInstance());
        }
    }

    private static final class Recorded implements SessionStanzas {
        private final List<LoginPeer> peers = new CopyOnWriteArrayList<>();
        private final List<String> lost = new CopyOnWriteArrayList<>();

        @Override
        public void answer(LoginPeer session, Element iq, Consumer<Element> reply) {
            peers.add(session);
            reply.accept(Stanzas.error(iq, StanzaCondition.FORBIDDEN, null));
        }

        @Override
        public void lost(String session) {
            lost.add(session);
        }
    }
}
