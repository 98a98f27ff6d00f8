package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.peers.DnsServer;
import io.convoke.node.peers.Ports;
import io.convoke.node.peers.ProsodyServer;
import io.convoke.node.peers.ServedDomain;
import io.convoke.node.peers.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's callbridge finds its XMPP servers through a real DNS server's SRV records, good ones and bad ones. */
class XmppServerDiscoveryIT {
    private static final ServedDomain SERVED = new ServedDomain("home.test", "callbridge.home.test", "hunter2");
    private static final String SERVICE = "_xmpp-component._tcp.";
    private static final String ONE = "one.home.test";
    private static final String TWO = "two.home.test";
    private static final String ALIAS = "alias.home.test";
    /** Which the servers serve, all with one certificate. */
    private static final String[] DOMAINS = {"priorities.test", "weights.test", "dead.test", "cname.test"};

    private static final int TTL_SECONDS = 30;

    @TempDir
    private static Path folder;

    private static final int DEAD_PORT = Ports.free();
    private static ProsodyServer one;
    private static ProsodyServer two;
    private static DnsServer names;
    private static NodeProcess node;
    private static Admin admin;
    private static XmppSessions sessions;

    @BeforeAll
    static void start() throws Exception {
        DnsServer.require();
        ProsodyServer.require();
        TestCertificates certificates = new TestCertificates(folder, "Tests");
        TestCertificates.Pair pair = certificates.issue(
                "server",
                Stream.concat(Stream.of(DOMAINS), Stream.of("*.home.test"))
                        .map(TestCertificates::dns)
                        .toArray(GeneralName[]::new));
        one = new ProsodyServer(sub("one"), SERVED, pair, certificates.authority(), DOMAINS);
        two = new ProsodyServer(sub("two"), SERVED, pair, certificates.authority(), DOMAINS);
        one.start();
        two.start();
        names = DnsServer.start(
                sub("names"),
                new DnsServer.Records(TTL_SECONDS)
                        .srv(SERVICE + "priorities.test", 20, 0, two.tlsPort(), TWO)
                        .srv(SERVICE + "priorities.test", 10, 0, one.tlsPort(), ONE)
                        .srv(SERVICE + "weights.test", 10, 0, one.tlsPort(), ONE)
                        .srv(SERVICE + "weights.test", 10, 65535, two.tlsPort(), TWO)
                        .srv(SERVICE + "dead.test", 5, 0, DEAD_PORT, TWO)
                        .srv(SERVICE + "dead.test", 10, 0, one.tlsPort(), ONE)
                        .srv(SERVICE + "cname.test", 10, 0, one.tlsPort(), ALIAS)
                        .alias(ALIAS, ONE)
                        .other(SERVICE + "empty.test")
                        .address("empty.test", "127.0.0.1")
                        .noService(SERVICE + "none.test")
                        .address(ONE, "127.0.0.1")
                        .address(TWO, "127.0.0.1"));
        node = NodeProcess.start(
                "discovery",
                Admin.ENVIRONMENT,
                "--config",
                Configuration.write(folder, "discovery", "convoke.conf", """
                                convoke.node.roles = [callbridge, webbridge3, api]
                                convoke.xmpp.callbridge {
                                  trust = "%s"
                                  certificate = "%s"
                                  key = "%s"
                                  resolver = "127.0.0.1:%d"
                                  retry-max = 2s
                                }
                                """.formatted(
                                        certificates.authority(), pair.certificate(), pair.key(), names.port()))
                        .toString(),
                "--http",
                "0",
                "--data",
                folder.resolve("data").toString());
        String origin = node.awaitReady();
        admin = new Admin(origin);
        sessions = new XmppSessions(new Api(origin));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {node, one, two, names}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void shouldTakeTheLowestPriorityAndFailOverToTheNext() throws Exception {
        // when
        configure("priorities.test");

        // then
        JsonNode session = sessions.awaitRegistered("priorities.test");
        assertThat(targets(session)).startsWith(ONE);
        assertThat(session.path("server").asText()).isEqualTo(ONE + ":" + one.tlsPort());
        assertThat(session.path("dns").toString())
                .contains(SERVICE + "priorities.test", "\"ttlSeconds\":" + TTL_SECONDS);

        // when
        one.close();

        // then
        try {
            sessions.await(now -> now.path("state").asText().equals("registered")
                    && now.path("server").asText().equals(TWO + ":" + two.tlsPort()));
        } finally {
            one.start();
        }
    }

    @Test
    void shouldPreferWeight() throws Exception {
        // when
        configure("weights.test");

        // then
        JsonNode session = sessions.awaitRegistered("weights.test");
        assertThat(session.path("server").asText()).isEqualTo(TWO + ":" + two.tlsPort());
    }

    @Test
    void shouldGoOnAfterADeadFirstTarget() throws Exception {
        // when
        configure("dead.test");

        // then
        JsonNode session = sessions.awaitRegistered("dead.test");
        assertThat(targets(session)).containsExactly(TWO, ONE);
        assertThat(session.path("candidates").path(0).path("outcome").asText()).contains("refused");
        assertThat(session.path("server").asText()).isEqualTo(ONE + ":" + one.tlsPort());
    }

    @Test
    void shouldTryTheDomainItselfWhereTheAnswerIsEmpty() throws Exception {
        // when
        configure("empty.test");

        // then
        JsonNode session = sessions.awaitError("empty.test", "connectionRefused");
        assertThat(session.path("lastError").path("step").asInt()).isEqualTo(6);
        assertThat(session.path("lastError").path("words").asText()).contains("empty.test:5223");
        assertThat(session.path("warnings").toString()).contains("There is no SRV " + SERVICE + "empty.test");
    }

    @Test
    void shouldTakeADotForADecidedNo() throws Exception {
        // when
        configure("none.test");

        // then
        JsonNode session = sessions.awaitError("none.test", "serviceNotOffered");
        assertThat(session.path("lastError").path("step").asInt()).isEqualTo(4);
        assertThat(targets(session)).isEmpty();
    }

    @Test
    void shouldSayThatThereIsNoSuchName() throws Exception {
        // when
        configure("nowhere.test");

        // then
        JsonNode session = sessions.awaitError("nowhere.test", "hostNotFound");
        assertThat(session.path("lastError").path("step").asInt()).isEqualTo(5);
        assertThat(session.path("lastError").path("words").asText()).contains("NXDOMAIN");
    }

    @Test
    void shouldFollowAnAliasThatMayNotBeThereAndWarn() throws Exception {
        // when
        configure("cname.test");

        // then
        JsonNode session = sessions.awaitRegistered("cname.test");
        assertThat(session.path("warnings").toString()).contains(ALIAS, "CNAME", ONE);
    }

    private static List<String> targets(JsonNode session) {
        return StreamSupport.stream(session.path("candidates").spliterator(), false)
                .map(each -> each.path("target").asText())
                .distinct()
                .toList();
    }

    private static void configure(String domain) throws Exception {
        admin.put(
                "/api/v1/system/configuration/xmpp",
                "uniqueName",
                SERVED.component(),
                "domain",
                domain,
                "sharedSecret",
                SERVED.secret(),
                "serverAddressOverride",
                "");
    }

    private static Path sub(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }
}
