package io.convoke.actors.xmpp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.xmpp.ServerPort;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.login.LoginLoad;
import io.convoke.protocols.xmpp.login.LoginRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerLoginTest {
    private static final byte[] ALICE = bytes("n,,n=alice,r=nonce");

    private final TestXmppNode node = new TestXmppNode(null, new FakeSecrets());
    private final ServerPort port = node.port();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldRefuseAtOnceWhileNoCallbridgeIsConnected() throws Exception {
        // given
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");

        // when
        port.authenticate(exchange, ALICE);

        // then
        assertThat(exchange.answer())
                .isEqualTo("failure temporary-auth-failure: No callbridge is connected to this server. Try again in a"
                        + " moment.");
        assertThat(node.texts()).contains("XMPP: no callbridge is connected: login of \"alice\" refused");
    }

    @Test
    void shouldRelayTheExchangeToOneCallbridge() throws Exception {
        // given
        FakeComponent first = callbridge("cb1.example.org");
        FakeComponent second = callbridge("cb2.example.org");
        first.load = new LoginLoad(0, 50, 100);
        awaitLoad("cb1", 50);
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");

        // when
        port.authenticate(exchange, ALICE);

        // then
        assertThat(exchange.answer()).isEqualTo("challenge ?");
        LoginRequest.Auth auth = (LoginRequest.Auth) second.login();
        assertThat(auth.source()).isEqualTo("192.0.2.7");
        assertThat(auth.data()).isEqualTo(ALICE);

        // when
        second.load = new LoginLoad(0, 100, 100);
        awaitLoad("cb2", 100);
        port.authenticate(exchange, bytes("!"));

        // then
        assertThat(exchange.answer()).isEqualTo("success alice");
        assertThat(second.login()).isInstanceOf(LoginRequest.Response.class);
        assertThat(first.logins).isEmpty();
    }

    @Test
    void shouldHandTheCallbridgesRefusalOn() throws Exception {
        // given
        callbridge("cb1.example.org");
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");
        port.authenticate(exchange, ALICE);
        exchange.answer();

        // when
        port.authenticate(exchange, bytes("wrong"));

        // then
        assertThat(exchange.answer()).isEqualTo("failure not-authorized: No.");
    }

    @Test
    void shouldRefuseInTimeWhereTheCallbridgeStaysSilent() throws Exception {
        // given
        FakeComponent callbridge = callbridge("cb1.example.org");
        callbridge.silent = true;
        FakeExchange exchange = new FakeExchange("ANONYMOUS");

        // when
        port.authenticate(exchange, new byte[0]);

        // then
        assertThat(exchange.answer())
                .isEqualTo("failure temporary-auth-failure: The callbridge that was asked did not answer. Try again in"
                        + " a moment.");
        LoginRequest.Auth auth = (LoginRequest.Auth) callbridge.login();
        assertThat(callbridge.login()).isEqualTo(new LoginRequest.Abort(auth.session()));
    }

    @Test
    void shouldRefuseAtOnceWhereTheCallbridgeDiesInTheMidst() throws Exception {
        // given
        FakeComponent callbridge = callbridge("cb1.example.org");
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");
        port.authenticate(exchange, ALICE);
        exchange.answer();

        // when
        callbridge.gone();

        // then
        assertThat(exchange.answer()).startsWith("failure temporary-auth-failure: ");
        assertThat(node.texts())
                .contains("XMPP: callbridge cb1.example.org did not answer: login of \"alice\" refused");
    }

    @Test
    void shouldTellTheCallbridgeWhenAGuestIsGone() throws Exception {
        // given
        FakeComponent callbridge = callbridge("cb1.example.org");
        FakeClient guest = guest();

        // when
        port.clientGone(guest, "it left", List.of());

        // then
        callbridge.login();
        assertThat(callbridge.login()).isEqualTo(new LoginRequest.Gone(guest.local()));
    }

    @Test
    void shouldTellTheCallbridgeOfAGuestWhoNeverBinds() throws Exception {
        // given
        FakeComponent callbridge = callbridge("cb1.example.org");
        FakeExchange exchange = new FakeExchange("ANONYMOUS");

        // when
        port.authenticate(exchange, new byte[0]);
        String user = exchange.answer().substring("success ".length());

        // then
        callbridge.login();
        assertThat(callbridge.login()).isEqualTo(new LoginRequest.Gone(user));
    }

    @Test
    void shouldEndAGuestsStreamWhenItsCallbridgeIsGone() throws Exception {
        // given
        FakeComponent callbridge = callbridge("cb1.example.org");
        FakeClient guest = guest();

        // when
        callbridge.gone();

        // then
        assertThat(guest.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(StreamCondition.REMOTE_CONNECTION_FAILED);
    }

    @Test
    void shouldDropWhatIsGivenUp() throws Exception {
        // given
        FakeComponent callbridge = callbridge("cb1.example.org");
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");
        port.authenticate(exchange, ALICE);
        exchange.answer();
        LoginRequest.Auth auth = (LoginRequest.Auth) callbridge.login();

        // when
        port.authenticationAbandoned(exchange);

        // then
        assertThat(callbridge.login()).isEqualTo(new LoginRequest.Abort(auth.session()));
    }

    @Test
    void shouldBoundLoginsAtOnce() throws Exception {
        // given
        callbridge("cb1.example.org").silent = true;
        for (int i = 0; i < 3; i++) {
            port.authenticate(new FakeExchange("SCRAM-SHA-256"), ALICE);
        }
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");

        // when
        port.authenticate(exchange, ALICE);

        // then
        assertThat(exchange.answer())
                .isEqualTo("failure temporary-auth-failure: Too many logins at once. Try again in a few seconds.");
    }

    @Test
    void shouldDropACallbridgeThatDoesNotAnswerAboutItsLoad() throws Exception {
        // given
        FakeComponent callbridge = callbridge("cb1.example.org");

        // when
        callbridge.deaf = true;

        // then
        assertThat(callbridge.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(StreamCondition.CONNECTION_TIMEOUT);
        node.await(() -> node.texts().contains("XMPP: component cb1.example.org is gone: the test ended it"));
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");
        port.authenticate(exchange, ALICE);
        assertThat(exchange.answer()).contains("No callbridge is connected");
    }

    @Test
    void shouldAskNoComponentThatKnowsNothingOfLogins() throws Exception {
        // given
        new FakeComponent("other.example.org", node, false).up();
        FakeExchange exchange = new FakeExchange("SCRAM-SHA-256");

        // when
        port.authenticate(exchange, ALICE);

        // then
        assertThat(exchange.answer()).contains("No callbridge is connected");
    }

    @Test
    void shouldKnowTheSecretsOfComponentsAndOfItsOwnCallbridge() {
        assertThat(port.componentSecret("callbridge-own").toCompletableFuture().join())
                .contains("hunter2");
        assertThat(port.componentSecret("cb.example.org").toCompletableFuture().join())
                .contains("swordfish");
        assertThat(port.componentSecret("else.example.org")
                        .toCompletableFuture()
                        .join())
                .isEmpty();
        assertThat(new OwnPair("a", "hunter2").toString()).doesNotContain("hunter2");
    }

    @Test
    void shouldAnswerForItsStreams() throws Exception {
        // given
        callbridge("cb1.example.org");
        FakeClient guest = guest();

        // then
        node.await(() -> !node.state("xmpp-components").isEmpty());
        assertThat(node.state("xmpp-components"))
                .singleElement()
                .satisfies(component -> assertThat(component.json())
                        .contains("\"name\":\"cb1.example.org\"", "\"state\":\"decidesLogins\"", "\"maxLegs\":100"));
        node.await(() -> node.state("xmpp-clients").size() == 1);
        assertThat(node.state("xmpp-clients").get(0).json())
                .contains("\"address\":\"" + guest.address() + "\"", "\"transport\":\"tls\"", "\"stanzasIn\":1");
        assertThat(node.state("xmpp-servers").get(0).json())
                .contains("\"clients\":1", "\"components\":1", "\"callbridges\":1", "\"accepted\":1");

        // when
        port.clientGone(guest, "it left", List.of());

        // then
        node.await(() -> node.state("xmpp-clients").isEmpty());
    }

    private FakeComponent callbridge(String name) {
        FakeComponent callbridge = new FakeComponent(name, node, true).up();
        node.await(() -> node.texts().contains("XMPP: component " + name + " decides logins from now on"));
        return callbridge;
    }

    private FakeClient guest() throws InterruptedException {
        FakeExchange exchange = new FakeExchange("ANONYMOUS");
        port.authenticate(exchange, new byte[0]);
        return new FakeClient(exchange.answer().substring("success ".length())).bind(node, null);
    }

    /** Until that callbridge has been asked anew. */
    private void awaitLoad(String name, int legs) {
        node.await(() -> node.state("xmpp-components").stream()
                .anyMatch(component ->
                        component.id().startsWith(name) && component.json().contains("\"legs\":" + legs + ",")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
