package io.convoke.node.system;

import static io.convoke.node.peers.TestCertificates.dns;
import static io.convoke.node.peers.TestCertificates.xmpp;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.peers.Ports;
import io.convoke.node.peers.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A node whose XMPP server listens on ports of its own, with a certificate of the tests' authority; it decides logins itself. */
final class XmppServerNode implements AutoCloseable {
    static final String DOMAIN = "convoke.test";
    static final String ROOMS = "rooms." + DOMAIN;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NodeProcess node;
    private final Path authority;
    private final int clientPort;
    private final int componentPort;
    private final int plainComponentPort;
    private final int webSocketPort;
    private final String origin;
    private final Admin admin;
    private final Api api;

    private XmppServerNode(Path folder, String name) {
        TestCertificates certificates = new TestCertificates(folder, "Tests");
        TestCertificates.Pair pair =
                certificates.issue("server", dns(DOMAIN), dns("localhost"), xmpp(DOMAIN), xmpp(ROOMS));
        authority = certificates.authority();
        clientPort = Ports.free();
        componentPort = Ports.free();
        plainComponentPort = Ports.free();
        webSocketPort = Ports.free();
        node = NodeProcess.start(
                name,
                Admin.ENVIRONMENT,
                "--config",
                Configuration.write(folder, name, "convoke.conf", """
                                convoke.xmpp {
                                  domain = "%s"
                                  server {
                                    certificate = "%s"
                                    key = "%s"
                                    client-port = %d
                                    component-port = %d
                                    plain-component-port = %d
                                    web-socket-port = %d
                                  }
                                }
                                """.formatted(
                                        DOMAIN,
                                        pair.certificate(),
                                        pair.key(),
                                        clientPort,
                                        componentPort,
                                        plainComponentPort,
                                        webSocketPort))
                        .toString(),
                "--http",
                "0",
                "--data",
                folder.resolve("data").toString());
        origin = node.awaitReady();
        admin = new Admin(origin);
        api = new Api(origin);
    }

    /** Returns once its own callbridge has registered with it, so that clients can log in. */
    static XmppServerNode start(Path folder, String name) {
        XmppServerNode started = new XmppServerNode(folder, name);
        try {
            new XmppSessions(started.api).awaitRegistered(DOMAIN);
            return started;
        } catch (AssertionError failure) {
            started.close();
            throw failure;
        }
    }

    /** Where the web app is. */
    String origin() {
        return origin;
    }

    /** STARTTLS, or TLS from the first byte on. */
    int clientPort() {
        return clientPort;
    }

    /** TLS from the first byte on. */
    int componentPort() {
        return componentPort;
    }

    int plainComponentPort() {
        return plainComponentPort;
    }

    int webSocketPort() {
        return webSocketPort;
    }

    /** Whose certificates to believe. */
    Path authority() {
        return authority;
    }

    /** What slixmpp wants to know of it. */
    Map<String, Object> tls() {
        return Map.of("authority", authority.toString());
    }

    void addUser(String name, String password) throws IOException, InterruptedException {
        admin.post("/api/v1/users", "userJid", name, "name", name, "password", password);
    }

    void addComponent(String name, String secret) throws IOException, InterruptedException {
        admin.post("/api/v1/xmppCallbridges", "name", name, "sharedSecret", secret);
    }

    /** The list that {@code /state/KIND} answers. */
    JsonNode state(String kind) throws IOException, InterruptedException {
        return api.state("/state/" + kind).path(kind);
    }

    /** Waits until as many of a kind are there. */
    JsonNode awaitState(String kind, int count) {
        return Eventually.eventually(PATIENCE, () -> state(kind), found -> found.size() == count);
    }

    /** What it has said so far. */
    java.util.List<String> lines() {
        return node.lines();
    }

    @Override
    public void close() {
        node.close();
    }
}
