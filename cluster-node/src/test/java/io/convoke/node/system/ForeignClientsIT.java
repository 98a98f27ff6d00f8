package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.node.browser.Browsers;
import io.convoke.node.peers.OpensslClient;
import io.convoke.node.peers.PythonPeer;
import io.convoke.node.peers.SmackClient;
import io.convoke.node.peers.WebSocketClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** XMPP clients that nobody here wrote log in to a node, and talk with the people in a meeting. */
class ForeignClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PASSWORD = "the first bug";

    @TempDir
    private static Path folder;

    private static XmppServerNode server;

    @BeforeAll
    static void start() throws Exception {
        PythonPeer.require();
        server = XmppServerNode.start(folder, "foreign-clients");
        server.addUser("grace", PASSWORD);
        server.addUser("linus", PASSWORD);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldTalkWithABrowserInItsMeeting() throws Exception {
        Browsers.CHROMIUM.require();
        String room = "9999@" + XmppServerNode.ROOMS;
        try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, server.origin() + "/meeting/9999", "Ada");
                PythonPeer grace = slixmpp("grace", "SCRAM-SHA-256", "starttls");
                PythonPeer guest = slixmpp(null, "ANONYMOUS", "direct");
                SmackClient linus = smack("linus", PASSWORD);
                SmackClient nobody = smack(null, "");
                WebSocketClient web = webSocket()) {
            assertThat(web.logIn(XmppServerNode.DOMAIN)).matches("guest\\d+@" + XmppServerNode.DOMAIN + "/.+");
            assertThat(grace.await("started").path("jid").asText()).startsWith("grace@" + XmppServerNode.DOMAIN + "/");
            assertThat(guest.await("started").path("jid").asText())
                    .matches("guest\\d+@" + XmppServerNode.DOMAIN + "/.+");
            assertThat(linus.address()).startsWith("linus@" + XmppServerNode.DOMAIN + "/");
            assertThat(nobody.address()).matches("guest\\d+@" + XmppServerNode.DOMAIN + "/.+");

            MeetingChat chat = new MeetingChat(ada).open();

            // when
            grace.tell("join", "room", room, "nick", "Grace");
            guest.tell("join", "room", room, "nick", "Slixmpp guest");
            linus.join(room, "Linus");
            nobody.join(room, "Smack guest");
            web.join(room, "Web");

            // then: they see each other, and the browser's person
            eventually(
                    PATIENCE,
                    linus::occupants,
                    found -> found.containsAll(
                            java.util.Set.of("Ada", "Grace", "Slixmpp guest", "Linus", "Smack guest", "Web")));
            grace.await("present", each -> each.path("nick").asText().equals("Ada"));
            web.await("/Ada");

            // when
            grace.tell("say", "room", room, "text", "Grace here");
            linus.say("Linus <here> & there");
            guest.tell("say", "room", room, "text", "slixmpp here");
            nobody.say("Smack here");
            web.say(room, "WebSocket here");
            chat.say("Ada here");

            // then
            for (String words : java.util.List.of(
                    "Grace: Grace here",
                    "Linus: Linus <here> & there",
                    "Slixmpp guest: slixmpp here",
                    "Smack guest: Smack here",
                    "Web: WebSocket here",
                    "Ada: Ada here")) {
                eventually(PATIENCE, linus::heard, heard -> heard.contains(words));
                eventually(PATIENCE, nobody::heard, heard -> heard.contains(words));
                grace.await(
                        "heard",
                        each -> words.equals(each.path("nick").asText() + ": "
                                + each.path("text").asText()));
                String name = words.substring(0, words.indexOf(':'));
                chat.awaitMessage(name.equals("Ada") ? "You" : name, words.substring(name.length() + 2));
            }
            web.await("Ada here");
            ada.screenshot("chat-with-xmpp");

            // when
            guest.tell("quit");
            guest.await("disconnected");
            linus.leave();

            // then
            grace.await("left", each -> each.path("nick").asText().equals("Linus"));
        }
        // Guests of XMPP leave nothing behind.
        server.awaitState("guests", 0);
        assertThat(server.lines()).noneMatch(line -> line.contains("ERROR :"));
    }

    @Test
    void shouldResumeABrokenStream() throws Exception {
        String room = "9999@" + XmppServerNode.ROOMS;
        try (PythonPeer grace = slixmpp("grace", "SCRAM-SHA-1", "starttls");
                SmackClient linus = smack("linus", PASSWORD)) {
            String address = grace.await("started").path("jid").asText();
            assertThat(grace.await("sm_enabled").path("resume").asBoolean()).isTrue();
            assertThat(linus.isResumable()).isTrue();
            grace.tell("join", "room", room, "nick", "Grace again");
            linus.join(room, "Linus again");
            grace.await("present", each -> each.path("nick").asText().equals("Linus again"));

            // when
            grace.tell("cut");
            grace.await("disconnected");
            linus.say("did you hear?");
            grace.tell("again");

            // then
            assertThat(grace.await("session_resumed").path("jid").asText()).isEqualTo(address);
            grace.await("heard", each -> each.path("text").asText().equals("did you hear?"));

            // when
            linus.cut();
            grace.tell("say", "room", room, "text", "and you?");

            // then
            assertThat(linus.comeBack()).isTrue();
            eventually(PATIENCE, linus::heard, heard -> heard.contains("Grace again: and you?"));
            assertThat(grace.events("left"))
                    .noneMatch(each -> each.path("nick").asText().equals("Linus again"));
        }
    }

    @Test
    void shouldRefuseAWrongPassword() throws Exception {
        Map<String, Object> argument = argument("grace", "SCRAM-SHA-256", "starttls");
        argument.put("password", "not " + PASSWORD);
        try (PythonPeer grace = PythonPeer.client(folder, argument)) {
            assertThat(grace.await("failed_auth").path("condition").asText()).isEqualTo("not-authorized");
        }
        assertThatThrownBy(() -> smack("linus", "not " + PASSWORD)).isInstanceOf(SASLErrorException.class);
        assertThatThrownBy(() -> smack("nobody", PASSWORD)).isInstanceOf(SASLErrorException.class);
        assertThat(server.lines()).noneMatch(line -> line.contains(PASSWORD));
    }

    @Test
    void shouldShakeHandsWithOpenssl() {
        for (String version : new String[] {"-tls1_2", "-tls1_3"}) {
            assertThat(handshake("-starttls", "xmpp", "-xmpphost", XmppServerNode.DOMAIN, version))
                    .as("STARTTLS %s", version)
                    .isZero();
            assertThat(handshake(version)).as("direct TLS %s", version).isZero();
        }
        assertThat(handshake("-tls1_1", "-cipher", "ALL:@SECLEVEL=0"))
                .as("TLS 1.1")
                .isNotZero();
    }

    private static int handshake(String... arguments) {
        return OpensslClient.handshake(
                folder, XmppServerNode.DOMAIN, server.clientPort(), server.authority(), arguments);
    }

    private static PythonPeer slixmpp(@Nullable String user, String mechanism, String encryption) {
        return PythonPeer.client(folder, argument(user, mechanism, encryption));
    }

    private static Map<String, Object> argument(@Nullable String user, String mechanism, String encryption) {
        Map<String, Object> argument = new HashMap<>();
        argument.put("jid", user == null ? XmppServerNode.DOMAIN : user + "@" + XmppServerNode.DOMAIN);
        argument.put("password", user == null ? "" : PASSWORD);
        argument.put("host", "127.0.0.1");
        argument.put("port", server.clientPort());
        argument.put("encryption", encryption);
        argument.put("mechanism", mechanism);
        argument.put("tls", server.tls());
        return argument;
    }

    private static SmackClient smack(@Nullable String user, String password) throws Exception {
        return SmackClient.login(XmppServerNode.DOMAIN, server.clientPort(), server.authority(), user, password);
    }

    private static WebSocketClient webSocket() {
        return new WebSocketClient(URI.create("ws://127.0.0.1:" + server.webSocketPort() + "/xmpp-websocket"));
    }
}
