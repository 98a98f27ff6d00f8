package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.protocols.xmpp.Namespaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node as it comes: its callbridge decides the logins of its XMPP server. */
class XmppLoginIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USERS = """
            convoke.users = [ { name = alice, password = "correct horse" }, { name = bob, password = "battery staple" } ]
            """;

    @TempDir
    private static Path folder;

    private static NodeProcess node;
    private static Api api;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        node = NodeProcess.start(
                "xmpp-login",
                Map.of(),
                "--config",
                Configuration.write(folder, "xmpp-login", "convoke.conf", USERS).toString(),
                "--http",
                "0",
                "--data",
                folder.resolve("data").toString());
        api = new Api(node.awaitReady());
        port = XmppPorts.of(api, "clients");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void shouldLetUsersInWhoProveTheirPasswords() throws Exception {
        // given
        try (XmppTalk alice = XmppTalk.user(port, "localhost", "alice", "correct horse");
                XmppTalk bob = XmppTalk.user(port, "localhost", "bob", "battery staple")) {
            // when
            alice.say("<message to='" + bob.address() + "'><body>Hi Bob</body></message>");

            // then
            assertThat(bob.awaitMessage("Hi Bob").attribute("from")).isEqualTo(alice.address());
            assertThat(alice.address()).startsWith("alice@localhost/");
            assertThat(api.state("/state/xmpp-clients").path("xmpp-clients"))
                    .extracting(client -> client.path("address").asText())
                    .contains(alice.address(), bob.address());
        }
    }

    @Test
    void shouldRefuseAWrongPasswordAndAnUnknownNameInTheSameWords() {
        for (String user : new String[] {"bob", "nobody"}) {
            assertThatThrownBy(() ->
                            XmppTalk.user(port, "localhost", user, "wrong").close())
                    .isInstanceOf(XmppTalk.Refused.class)
                    .hasMessage("not-authorized: The name or the password is wrong.");
        }
    }

    @Test
    void shouldMakeAGuestForAsLongAsItsClientStays() throws Exception {
        // given
        String user;
        try (XmppTalk guest = XmppTalk.guest(port, "localhost")) {
            user = guest.local();

            // then
            JsonNode account = api.state("/state/guests/" + user);
            assertThat(account.path("name").asText()).isEqualTo("Ada");
            assertThat(user).matches("guest[0-9]{10}");
        }
        eventually(PATIENCE, () -> api.get("/state/guests/" + user).status(), status -> status == 404);
        node.awaitLine("destroying guest account with user ID \"" + user + "\"", PATIENCE);
    }

    @Test
    void shouldBringClientsToAMeetingsRoom() throws Exception {
        // given
        try (XmppTalk guest = XmppTalk.guest(port, "localhost")) {
            // when
            guest.say("<presence to='9999@rooms.localhost/Ada'><x xmlns='" + Namespaces.MUC + "'/></presence>");
            guest.await(element ->
                    element.name().equals("presence") && "9999@rooms.localhost/Ada".equals(element.attribute("from")));
            guest.say("<message to='9999@rooms.localhost' type='groupchat'><body>Hello</body></message>");

            // then
            assertThat(guest.awaitMessage("Hello").attribute("from")).isEqualTo("9999@rooms.localhost/Ada");
        }
    }

    @Test
    void shouldShowTheOwnPair() throws Exception {
        // when
        JsonNode server = api.state("/state/xmpp-servers").path("xmpp-servers").get(0);
        JsonNode component =
                api.state("/state/xmpp-components").path("xmpp-components").get(0);

        // then
        assertThat(server.path("state").asText()).isEqualTo("listening");
        assertThat(server.path("callbridges").asInt()).isEqualTo(1);
        assertThat(component.path("state").asText()).isEqualTo("decidesLogins");
        assertThat(component.path("name").asText()).startsWith("callbridge-");
    }
}
