package io.convoke.actors.xmpp.login;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.convoke.actors.guest.GuestAccount;
import io.convoke.actors.node.Board;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceEvent;
import io.convoke.actors.trace.TraceStore;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.login.LoginAnswer;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.sasl.ScramClient;
import io.convoke.protocols.xmpp.sasl.ScramMechanism;
import io.convoke.protocols.xmpp.xml.Element;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginsTest {
    private static final Instant NOW = Instant.parse("2026-02-23T09:00:00Z");
    private static final LoginPeer PEER = new LoginPeer("xmpp-1", "example.org", true);
    private static final String PASSWORD = "correct horse";

    private final ActorTestKit kit = ActorTestKit.create("logins", ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<TraceEvent> events = new CopyOnWriteArrayList<>();
    private final TestProbe<GuestAccount.Command> accounts = kit.createTestProbe();
    private final TestProbe<Element> answers = kit.createTestProbe();
    private final FakeUsers users = new FakeUsers().with("alice", PASSWORD);
    private final FakeCredentials credentials = new FakeCredentials();
    private final ActorRef<Logins.Command> logins = spawn();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @EnumSource(ScramMechanism.class)
    void shouldLetAUserInWhoProvesThePassword(ScramMechanism mechanism) {
        // given
        ScramClient client = new ScramClient(mechanism, "Alice", PASSWORD, "nonce");

        // when
        LoginAnswer.Challenge challenge = challenge(auth("s1", mechanism.wireName(), client.first()));
        LoginAnswer.Success success =
                (LoginAnswer.Success) answer(new LoginRequest.Response("s1", client.handleChallenge(challenge.data())));

        // then
        assertThat(success.user()).isEqualTo("alice");
        assertThat(client.handleSuccess(success.data())).isTrue();
        assertThat(inFlight).hasValue(0);
        assertThat(texts()).containsExactly("XMPP: login of \"alice\" accepted with " + mechanism.wireName());
    }

    @Test
    void shouldRefuseAWrongPasswordInTheWordsOfAnUnknownName() {
        // when
        LoginAnswer wrong = scram("s1", "alice", "wrong horse");
        LoginAnswer unknown = scram("s1", "nobody", "wrong horse");

        // then
        assertThat(wrong)
                .isEqualTo(new LoginAnswer.Failure("s1", "not-authorized", "The name or the password is wrong."))
                .isEqualTo(unknown);
        assertThat(inFlight).hasValue(0);
    }

    @Test
    void shouldChallengeAnUnknownUserTheSameEachTime() {
        // when
        String first = salt(challenge(auth("s1", "SCRAM-SHA-256", clientFirst("nobody"))));
        String second = salt(challenge(auth("s2", "SCRAM-SHA-256", clientFirst("nobody"))));

        // then
        assertThat(first).isEqualTo(second);
    }

    @Test
    void shouldJudgeAPlainPassword() {
        assertThat(answer(auth("s1", "PLAIN", plain("", "alice", PASSWORD))))
                .isEqualTo(new LoginAnswer.Success("s1", "alice", null));
        assertThat(answer(auth("s1", "PLAIN", plain("", "alice", "wrong")))).isInstanceOf(LoginAnswer.Failure.class);
        assertThat(answer(auth("s1", "PLAIN", plain("", "nobody", PASSWORD)))).isInstanceOf(LoginAnswer.Failure.class);
        assertThat(answer(auth("s1", "PLAIN", plain("alice@example.org", "alice", PASSWORD))))
                .isInstanceOf(LoginAnswer.Success.class);
        assertThat(answer(auth("s1", "PLAIN", plain("bob@example.org", "alice", PASSWORD))))
                .isEqualTo(new LoginAnswer.Failure(
                        "s1", "invalid-authzid", "Expected no authorization as somebody else."));
    }

    @Test
    void shouldTakeNoPasswordOverAConnectionThatIsNotEncrypted() {
        // when
        ask(new LoginPeer("xmpp-1", "example.org", false), auth("s1", "PLAIN", plain("", "alice", PASSWORD)));

        // then
        assertThat(answer()).extracting("condition").isEqualTo("encryption-required");
    }

    @Test
    void shouldMakeGuessersWait() {
        // given
        for (int i = 0; i < 7; i++) {
            ask(PEER, auth("s" + i, "PLAIN", plain("", "alice", "wrong")));
            time.timePasses(Duration.ofSeconds(9));
            assertThat(answer()).extracting("condition").isEqualTo("not-authorized");
        }

        // when
        LoginAnswer refused = answer(auth("s9", "PLAIN", plain("", "alice", PASSWORD)));
        LoginAnswer elsewhere = answer(new LoginRequest.Auth("s9", "PLAIN", "192.0.2.8", plain("", "alice", PASSWORD)));

        // then
        assertThat(refused).extracting("condition").isEqualTo("temporary-auth-failure");
        assertThat(elsewhere).isInstanceOf(LoginAnswer.Success.class);
    }

    @Test
    void shouldNotBelieveAClientWhereItComesFrom() {
        // given
        Element iq = Stanzas.iq(
                "set",
                "1",
                "mallory@evil.example/x",
                "cb",
                auth("s", "PLAIN", new byte[0]).payload());

        // when
        LoginAsker asker = LoginAsker.of(PEER, iq).orElseThrow();
        LoginAsker server =
                LoginAsker.of(PEER, iq.with("from", "example.org/n1")).orElseThrow();
        LoginAsker otherServer =
                LoginAsker.of(PEER, iq.with("from", "evil.example")).orElseThrow();

        // then
        assertThat(asker.source("192.0.2.9")).isEqualTo("mallory@evil.example");
        assertThat(otherServer.source("192.0.2.9")).isEqualTo("evil.example");
        assertThat(server.source("192.0.2.9")).isEqualTo("192.0.2.9");
    }

    @Test
    void shouldMakeAGuestAndRemoveItWhenItIsGone() {
        // when
        ask(PEER, auth("s1", "ANONYMOUS", bytes("Ada")));
        GuestAccount.Create create = accounts.expectMessageClass(GuestAccount.Create.class);
        create.replyTo()
                .tell(new GuestAccount.Created(String.valueOf(create.ids().user())));
        LoginAnswer.Success success = (LoginAnswer.Success) answer();

        // then
        assertThat(create.name()).isEqualTo("Ada");
        assertThat(success.user())
                .matches("guest[0-9]{10}")
                .isEqualTo(create.ids().user());
        assertThat(credentials.rows).singleElement().extracting("user").isEqualTo(success.user());
        assertThat(texts())
                .containsExactly(
                        line(create, "credential storage scheduled (queue length: 1)"),
                        line(create, "credential storage executed"),
                        line(create, "credential storage in progress"),
                        line(create, "successfully stored credentials"),
                        "instantiating user \"" + success.user() + "\"");

        // when
        ask(PEER, new LoginRequest.Gone(success.user()));

        // then
        assertThat(answers.receiveMessage().attribute("type")).isEqualTo("result");
        assertThat(accounts.expectMessageClass(GuestAccount.Remove.class).name())
                .isEqualTo("Ada");
    }

    @Test
    void shouldRemoveGuestsWithTheirServerAndWithTheirSession() {
        // given
        guest("s1");
        guest("s2");

        // when
        ask(PEER, new LoginRequest.Gone(null));

        // then
        accounts.expectMessageClass(GuestAccount.Remove.class);
        accounts.expectMessageClass(GuestAccount.Remove.class);

        // when
        answers.receiveMessage();
        guest("s3");
        logins.tell(new Logins.Lost("another"));
        accounts.expectNoMessage();
        logins.tell(new Logins.Lost("xmpp-1"));

        // then
        accounts.expectMessageClass(GuestAccount.Remove.class);
    }

    @Test
    void shouldLeaveNoGuestBehindThatNobodyWaitsFor() {
        // given
        credentials.database = new CompletableFuture<>();
        ask(PEER, auth("s1", "ANONYMOUS", new byte[0]));
        GuestAccount.Create create = accounts.expectMessageClass(GuestAccount.Create.class);
        create.replyTo().tell(new GuestAccount.Created("guest"));

        // when
        ask(PEER, new LoginRequest.Abort("s1"));
        answers.receiveMessage();
        credentials.database.complete(Done.getInstance());

        // then
        assertThat(accounts.expectMessageClass(GuestAccount.Remove.class).name())
                .isEqualTo("Guest");
    }

    @Test
    void shouldRemoveAGuestWhoseLoginIsGivenUpAfterwards() {
        // given
        guest("s1");

        // when
        ask(PEER, new LoginRequest.Abort("s1"));

        // then
        accounts.expectMessageClass(GuestAccount.Remove.class);
    }

    @Test
    void shouldRefuseWhileTheDatabaseIsAway() {
        // given
        users.databaseGone = true;
        credentials.database = CompletableFuture.failedFuture(new IllegalStateException("no database"));

        // then
        assertThat(answer(auth("s1", "PLAIN", plain("", "alice", PASSWORD))))
                .extracting("condition")
                .isEqualTo("temporary-auth-failure");
        ask(PEER, auth("s2", "ANONYMOUS", new byte[0]));
        accounts.expectMessageClass(GuestAccount.Create.class).replyTo().tell(new GuestAccount.Created("guest"));
        assertThat(answer()).extracting("condition").isEqualTo("temporary-auth-failure");
        accounts.expectMessageClass(GuestAccount.Remove.class);
    }

    @Test
    void shouldBoundLoginsInNumberAndTime() {
        // given
        challenge(auth("s1", "SCRAM-SHA-256", clientFirst("alice")));
        challenge(auth("s2", "SCRAM-SHA-256", clientFirst("alice")));

        // then
        assertThat(answer(auth("s3", "SCRAM-SHA-256", clientFirst("alice"))))
                .extracting("text")
                .isEqualTo("Too many logins at once. Try again in a few seconds.");

        // when
        time.timePasses(Duration.ofSeconds(31));

        // then
        challenge(auth("s3", "SCRAM-SHA-256", clientFirst("alice")));
        ask(PEER, new LoginRequest.Response("s1", new byte[0]));
        assertThat(answers.receiveMessage().child("error", Namespaces.CLIENT)).isPresent();
    }

    @Test
    void shouldLetNobodyElseGoOn() {
        // given
        ScramClient client = new ScramClient(ScramMechanism.SCRAM_SHA_256, "alice", PASSWORD, "nonce");
        LoginAnswer.Challenge challenge = challenge(auth("s1", "SCRAM-SHA-256", client.first()));
        LoginRequest response = new LoginRequest.Response("s1", client.handleChallenge(challenge.data()));

        // when
        tell(PEER, Stanzas.iq("set", "9", "example.org/other", "cb.example.org", response.payload()));

        // then
        assertThat(answers.receiveMessage())
                .satisfies(answer -> assertThat(answer.child("error", Namespaces.CLIENT)
                                .flatMap(error -> error.child(
                                        StanzaCondition.UNEXPECTED_REQUEST.element(), Namespaces.STANZA_ERRORS)))
                        .isPresent());
        assertThat(answer(response)).isInstanceOf(LoginAnswer.Success.class);
    }

    @Test
    void shouldLetLoginsEndBeforeItStops() {
        // given
        ScramClient client = new ScramClient(ScramMechanism.SCRAM_SHA_256, "alice", PASSWORD, "nonce");
        LoginAnswer.Challenge challenge = challenge(auth("s1", "SCRAM-SHA-256", client.first()));
        guest("s2");
        TestProbe<Done> stopped = kit.createTestProbe();

        // when
        logins.tell(new Logins.Stop(stopped.getRef()));

        // then
        assertThat(answer(auth("s3", "SCRAM-SHA-256", clientFirst("alice"))))
                .extracting("text")
                .isEqualTo("The callbridge is being stopped. Try again in a moment.");
        assertThat(answer(new LoginRequest.Response("s1", client.handleChallenge(challenge.data()))))
                .isInstanceOf(LoginAnswer.Success.class);
        stopped.receiveMessage();
        accounts.expectMessageClass(GuestAccount.Remove.class);
    }

    private void guest(String session) {
        ask(PEER, auth(session, "ANONYMOUS", new byte[0]));
        GuestAccount.Create create = accounts.expectMessageClass(GuestAccount.Create.class);
        create.replyTo().tell(new GuestAccount.Created("guest"));
        assertThat(answer()).isInstanceOf(LoginAnswer.Success.class);
    }

    private LoginAnswer scram(String session, String user, String password) {
        ScramClient client = new ScramClient(ScramMechanism.SCRAM_SHA_256, user, password, "nonce");
        LoginAnswer.Challenge challenge = challenge(auth(session, "SCRAM-SHA-256", client.first()));
        ask(PEER, new LoginRequest.Response(session, client.handleChallenge(challenge.data())));
        return answer();
    }

    private LoginAnswer.Challenge challenge(LoginRequest request) {
        ask(PEER, request);
        time.timePasses(Duration.ofSeconds(1));
        return (LoginAnswer.Challenge) answer();
    }

    private LoginAnswer answer(LoginRequest request) {
        ask(PEER, request);
        time.timePasses(Duration.ofSeconds(1));
        return answer();
    }

    private LoginAnswer answer() {
        Element iq = answers.receiveMessage();
        return LoginAnswer.of(iq).orElseThrow(() -> new AssertionError("Expected an answer, found " + iq.attributes()));
    }

    private void ask(LoginPeer peer, LoginRequest request) {
        tell(peer, Stanzas.iq(request.type(), "1", "example.org/n1", "cb.example.org", request.payload()));
    }

    private void tell(LoginPeer peer, Element iq) {
        logins.tell(new Logins.Ask(
                peer,
                LoginAsker.of(peer, iq).orElseThrow(),
                LoginRequest.of(iq).orElseThrow(),
                iq,
                answers.getRef()::tell));
    }

    private static LoginRequest.Auth auth(String session, String mechanism, byte[] data) {
        return new LoginRequest.Auth(session, mechanism, "192.0.2.7", data);
    }

    private static byte[] clientFirst(String user) {
        return bytes("n,,n=" + user + ",r=nonce");
    }

    private static byte[] plain(String authorizationId, String user, String password) {
        return bytes(authorizationId + "\0" + user + "\0" + password);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String salt(LoginAnswer.Challenge challenge) {
        String text = new String(challenge.data(), StandardCharsets.UTF_8);
        return text.substring(text.indexOf(",s="));
    }

    private static String line(GuestAccount.Create create, String what) {
        return "guest login request " + create.ids().loginRequest() + ": " + what;
    }

    private List<String> texts() {
        return events.stream().map(TraceEvent::text).toList();
    }

    private ActorRef<Logins.Command> spawn() {
        Journal journal = NodeJournal.of("n1", Origin.CORE, "host:server", () -> NOW, new TraceStore(100), line -> {});
        journal.listen(events::add);
        TestProbe<StateBoard.Command> board = kit.createTestProbe();
        NodeContext node = new NodeContext("n1", journal, Board.of(board.getRef()), () -> NOW, nanos::get);
        LoginSettings defaults = LoginSettings.defaults(new UUID(1, 1));
        LoginSettings settings = new LoginSettings(
                defaults.callbridge(),
                defaults.exchangeTimeout(),
                2,
                10,
                defaults.guestLifetime(),
                defaults.stopWithin());
        LoginPorts ports = new LoginPorts(
                node,
                users,
                credentials,
                new PasscodeThrottle(PasscodeThrottle.Settings.standard()),
                new SaslMachines(Runnable::run, bytes("a secret of the cluster")),
                user -> accounts.getRef());
        return kit.spawn(Logins.create(settings, ports, inFlight));
    }
}
