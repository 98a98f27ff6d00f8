package io.convoke.actors.xmpp.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.media.xmpp.ServerPort;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.login.LoginRequest;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamParser;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers of one cluster. */
class TwoServersTest {
    private TestXmppNode first;
    private TestXmppNode second;

    @BeforeEach
    void start() {
        first = new TestXmppNode(null, new FakeSecrets());
        second = new TestXmppNode(first, new FakeSecrets());
    }

    @AfterEach
    void stop() {
        second.close();
        first.close();
    }

    @Test
    void shouldReachClientsAndComponentsOfTheOtherNode() throws Exception {
        // given
        FakeClient alice = new FakeClient("alice").bind(first, "laptop");
        FakeClient bob = new FakeClient("bob").bind(second, "phone");
        FakeComponent component = new FakeComponent("other.example.org", second, false).up();

        // when / then
        say(first.port(), alice, "<message to='bob@example.org/phone'><body>x</body></message>");
        assertThat(bob.receive().attribute("from")).isEqualTo("alice@example.org/laptop");
        say(second.port(), bob, "<message to='alice@example.org/laptop'><body>y</body></message>");
        assertThat(alice.receive().attribute("from")).isEqualTo("bob@example.org/phone");

        first.await(() -> {
            say(first.port(), alice, "<message to='other.example.org'><body>z</body></message>");
            return !component.inbox.isEmpty();
        });
        assertThat(component.receive().attribute("from")).isEqualTo("alice@example.org/laptop");
    }

    @Test
    void shouldGiveAResourceToWhoeverComesLastOnAnyNode() throws Exception {
        // given
        FakeClient before = new FakeClient("alice").bind(first, "laptop");

        // when
        FakeClient after = new FakeClient("alice").bind(second, "laptop");

        // then
        assertThat(before.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(StreamCondition.CONFLICT);
        assertThat(after.closed).isEmpty();
    }

    @Test
    void shouldHaveALoginDecidedByTheOtherNodesCallbridge() throws Exception {
        // given
        FakeComponent callbridge = new FakeComponent("cb.example.org", second, true).up();
        first.await(() -> login(first.port()).startsWith("success"));
        LoginRequest.Auth auth = (LoginRequest.Auth) callbridge.login();

        // then
        assertThat(auth.mechanism()).isEqualTo("ANONYMOUS");

        // when
        first.crash(second);

        // then
        second.await(() -> callbridge.logins.contains(new LoginRequest.Gone(null)));
    }

    @Test
    void shouldFindTheClientsAgainWhenTheNodeThatKnewThemIsGone() throws Exception {
        // given: of two users each node knows one
        FakeClient alice = new FakeClient("alice").bind(second, "laptop");
        FakeClient bob = new FakeClient("bob").bind(second, "phone");
        FakeClient lost = new FakeClient("bob").bind(first, "desk");
        say(second.port(), alice, "<presence/>");
        say(second.port(), bob, "<presence/>");

        // when
        first.crash(second);

        // then
        second.await(() -> {
            say(second.port(), alice, "<message to='bob@example.org'><body>x</body></message>");
            return received(bob, "alice@example.org/laptop");
        });
        second.await(() -> {
            say(second.port(), bob, "<message to='alice@example.org'><body>x</body></message>");
            return received(alice, "bob@example.org/phone");
        });
        assertThat(lost.inbox).isEmpty();
    }

    private static boolean received(FakeClient client, String from) {
        return client.inbox.stream().anyMatch(stanza -> from.equals(stanza.attribute("from")));
    }

    private static String login(ServerPort port) {
        FakeExchange exchange = new FakeExchange("ANONYMOUS");
        port.authenticate(exchange, new byte[0]);
        try {
            return exchange.answer();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void say(ServerPort port, FakeClient client, String text) {
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        Element stanza = StreamParser.parse(text.replaceFirst("^<(\\w+)", "<$1 xmlns='jabber:client'"))
                .with("from", client.address().toString());
        port.fromClient(client, stanza, () -> taken.complete(true));
        taken.join();
    }
}
