package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The XMPP servers of three nodes over one H2 file: clients, rooms and components are reached wherever they are. */
class XmppClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldReachClientsRoomsAndComponentsOfOtherNodesAndGoOnWithoutOne() throws Exception {
        // given
        startThree();
        try (XmppTalk alice = XmppTalk.user(port(0, "clients"), "localhost", "alice", "correct horse");
                XmppTalk bob = XmppTalk.user(port(1, "clients"), "localhost", "bob", "battery staple");
                XmppTalk carol = XmppTalk.user(port(1, "clients"), "localhost", "carol", "wrong pony");
                XmppTalk guest = XmppTalk.guest(port(2, "clients"), "localhost");
                PlainComponent bot =
                        PlainComponent.register(port(2, "plainComponents"), "bot.localhost", "swordfish")) {
            bot.answerAsCallbridge();

            // when / then: a client
            alice.say("<message to='" + bob.address() + "'><body>Hi Bob</body></message>");
            assertThat(bob.awaitMessage("Hi Bob").attribute("from")).isEqualTo(alice.address());

            // when / then: a room
            for (XmppTalk each : List.of(alice, bob, guest)) {
                String nick = "9999@rooms.localhost/" + each.local();
                each.say("<presence to='" + nick + "'><x xmlns='" + Namespaces.MUC + "'/></presence>");
                each.await(element -> element.name().equals("presence") && nick.equals(element.attribute("from")));
            }
            bob.say("<message to='9999@rooms.localhost' type='groupchat'><body>Hello all</body></message>");
            assertThat(alice.awaitMessage("Hello all").attribute("from")).isEqualTo("9999@rooms.localhost/bob");
            assertThat(guest.awaitMessage("Hello all").attribute("from")).isEqualTo("9999@rooms.localhost/bob");

            // when / then: a component
            eventually(
                    PATIENCE,
                    () -> {
                        alice.say("<message to='bot.localhost'><body>Hi bot</body></message>");
                        return bot.received();
                    },
                    text -> text.contains("Hi bot") && text.contains(alice.address()));

            // when: the node of the guest is gone
            nodes.get(2).kill();

            // then: the others go on where they were; one of the three was known on that node
            eventually(
                            PATIENCE,
                            () -> XmppTalk.user(port(0, "clients"), "localhost", "bob", "battery staple"),
                            again -> again.address().startsWith("bob@localhost/"))
                    .close();
            bring(alice, bob, "Still there");
            bring(alice, carol, "And you");
            bring(bob, alice, "So am I");
        }
    }

    /** Says it until it arrives: again when the server answers that it does not. What neither arrives nor is answered is lost, and the test fails. */
    private static void bring(XmppTalk from, XmppTalk to, String body) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<Element> arrived = Optional.empty();
        for (int i = 0; arrived.isEmpty() && System.nanoTime() < deadline; i++) {
            String id = body + " " + i;
            from.say("<message id='" + id + "' to='" + to.address() + "'><body>" + body + "</body></message>");
            Optional<Element> refused = Optional.empty();
            while (arrived.isEmpty() && refused.isEmpty() && System.nanoTime() < deadline) {
                arrived = to.poll(element -> id.equals(element.attribute("id")));
                refused = from.poll(
                        element -> "error".equals(element.attribute("type")) && id.equals(element.attribute("id")));
            }
        }
        assertThat(arrived.map(element -> element.attribute("from"))).as(body).contains(from.address());
    }

    private int port(int node, String what) throws Exception {
        return XmppPorts.of(new Api(origins.get(0)), "node-" + (node + 1), what);
    }

    private void startThree() throws Exception {
        List<Integer> ports = List.of(Configuration.freePort(), Configuration.freePort(), Configuration.freePort());
        for (int i = 0; i < 3; i++) {
            Path file = Configuration.write(folder, "xmpp-" + (i + 1), "cluster-" + (i + 1) + ".conf", """
                    convoke {
                      relay.port = 0
                      cluster { port = %d, seed-nodes = ["127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d"] }
                      users = [ { name = alice, password = "correct horse" }, { name = bob, password = "battery staple" },
                                { name = carol, password = "wrong pony" } ]
                      xmpp.server {
                        plain-component-port = 0
                        components = [ { name = bot.localhost, secret = swordfish } ]
                      }
                    }
                    """.formatted(
                            ports.get(i), ports.get(0), ports.get(1), ports.get(2)));
            nodes.add(NodeProcess.start(
                    "xmpp-" + (i + 1),
                    Map.of(
                            "CONVOKE_DATABASE_URL",
                            "jdbc:h2:file:" + folder.resolve("cluster/convoke") + ";AUTO_SERVER=TRUE"),
                    "--config",
                    file.toString(),
                    "--http",
                    "0",
                    "--data",
                    folder.resolve("node-" + (i + 1)).toString()));
        }
        for (NodeProcess node : nodes) {
            origins.add(node.awaitReady());
        }
        eventually(PATIENCE, this::callbridges, count -> count == 3);
    }

    /** How many callbridges the servers know that decide logins, the least of all. */
    private int callbridges() throws Exception {
        int least = Integer.MAX_VALUE;
        int servers = 0;
        for (JsonNode server :
                new Api(origins.get(0)).state("/state/xmpp-servers").path("xmpp-servers")) {
            least = Math.min(least, server.path("callbridges").asInt());
            servers++;
        }
        return servers == 3 ? least : 0;
    }
}
