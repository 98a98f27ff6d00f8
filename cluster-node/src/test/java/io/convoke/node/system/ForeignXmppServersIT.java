package io.convoke.node.system;

import static io.convoke.node.peers.TestCertificates.dns;
import static io.convoke.node.peers.TestCertificates.xmpp;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.peers.DnsServer;
import io.convoke.node.peers.EjabberdServer;
import io.convoke.node.peers.Ports;
import io.convoke.node.peers.ProsodyServer;
import io.convoke.node.peers.PythonPeer;
import io.convoke.node.peers.ServedDomain;
import io.convoke.node.peers.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's callbridge registers with XMPP servers that nobody here wrote, and decides logins that come through them. */
class ForeignXmppServersIT {
    private static final ServedDomain PROSODY = new ServedDomain("prosody.test", "callbridge.prosody.test", "hunter2");
    private static final ServedDomain EJABBERD =
            new ServedDomain("ejabberd.test", "callbridge.ejabberd.test", "correct horse");
    private static final String PROSODY_HOST = "xmpp.prosody.test";
    private static final String EJABBERD_HOST = "xmpp.ejabberd.test";
    private static final String CONFIGURATION = "/api/v1/system/configuration/xmpp";
    private static final String USER = "grace";
    private static final String PASSWORD = "the first bug";

    @TempDir
    private static Path folder;

    private static DnsServer names;
    private static ProsodyServer prosody;
    private static EjabberdServer ejabberd;
    private static NodeProcess node;
    private static Admin admin;
    private static XmppSessions sessions;

    @BeforeAll
    static void start() throws Exception {
        DnsServer.require();
        ProsodyServer.require();
        EjabberdServer.require();
        PythonPeer.require();
        names = DnsServer.start(
                Files.createDirectories(folder.resolve("names")),
                new DnsServer.Records(30).address(PROSODY_HOST, "127.0.0.1").address(EJABBERD_HOST, "127.0.0.1"));
        TestCertificates certificates = new TestCertificates(folder, "Tests");
        TestCertificates.Pair server = certificates.issue("server", dns(PROSODY_HOST), xmpp(PROSODY.domain()));
        TestCertificates.Pair own = certificates.issue("callbridge", dns("callbridge.test"));
        prosody = new ProsodyServer(
                Files.createDirectories(folder.resolve("prosody")), PROSODY, server, certificates.authority());
        prosody.start();
        ejabberd = EjabberdServer.start(Files.createDirectories(folder.resolve("ejabberd")), EJABBERD);
        node = NodeProcess.start(
                "foreign-servers",
                Admin.ENVIRONMENT,
                "--config",
                Configuration.write(folder, "foreign-servers", "convoke.conf", """
                                convoke.node.roles = [callbridge, webbridge3, api]
                                convoke.xmpp.domain = "convoke.test"
                                convoke.xmpp.callbridge {
                                  trust = "%s"
                                  certificate = "%s"
                                  key = "%s"
                                  resolver = "127.0.0.1:%d"
                                  plain-tcp = ["%s:%d"]
                                  retry-max = 2s
                                }
                                """.formatted(
                                        certificates.authority(),
                                        own.certificate(),
                                        own.key(),
                                        names.port(),
                                        EJABBERD_HOST,
                                        ejabberd.componentPort()))
                        .toString(),
                "--http",
                "0",
                "--data",
                folder.resolve("data").toString());
        String origin = node.awaitReady();
        admin = new Admin(origin);
        sessions = new XmppSessions(new Api(origin));
        admin.post("/api/v1/users", "userJid", USER, "name", "Grace", "password", PASSWORD);
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : new AutoCloseable[] {node, prosody, ejabberd, names}) {
            close(each);
        }
    }

    @Test
    void shouldRegisterWithProsodyOverTlsAndDecideLogins() throws Exception {
        // when
        configure(PROSODY, PROSODY_HOST + ":" + prosody.tlsPort());

        // then
        JsonNode session = sessions.awaitRegistered(PROSODY.domain());
        assertThat(session.path("transport").asText()).isEqualTo("tls");
        assertThat(session.path("certificate").path("sans").toString())
                .contains(PROSODY_HOST)
                .contains(PROSODY.domain());
        shouldDecideLogins(PROSODY, prosody.clientPort());
        assertThat(sessions.awaitRegistered(PROSODY.domain())
                        .path("step")
                        .path("number")
                        .asInt())
                .isEqualTo(12);
    }

    @Test
    void shouldRegisterWithEjabberdInTheClearAndDecideLogins() throws Exception {
        // when
        configure(EJABBERD, EJABBERD_HOST + ":" + ejabberd.componentPort());

        // then
        JsonNode session = sessions.awaitRegistered(EJABBERD.domain());
        assertThat(session.path("transport").asText()).isEqualTo("tcp");
        assertThat(session.path("warnings").toString()).contains("not encrypted");
        shouldDecideLogins(EJABBERD, ejabberd.clientPort());
    }

    @Test
    void shouldRegisterAgainAfterARestart() throws Exception {
        // given
        configure(PROSODY, PROSODY_HOST + ":" + prosody.tlsPort());
        sessions.awaitRegistered(PROSODY.domain());

        // when
        prosody.close();

        // then
        sessions.await(session -> !session.path("state").asText().equals("registered"));
        sessions.awaitAlarms("xmppRegistrationFailure");

        // when
        prosody.start();

        // then
        sessions.awaitRegistered(PROSODY.domain());
        sessions.awaitAlarms();
    }

    @Test
    void shouldSayThatTheSecretIsWrong() throws Exception {
        for (ServedDomain served : new ServedDomain[] {PROSODY, EJABBERD}) {
            // when
            String address = served.equals(PROSODY)
                    ? PROSODY_HOST + ":" + prosody.tlsPort()
                    : EJABBERD_HOST + ":" + ejabberd.componentPort();
            configure(new ServedDomain(served.domain(), served.component(), "not " + served.secret()), address);

            // then
            JsonNode session = sessions.awaitError(served.domain(), "notAuthorized");
            assertThat(session.path("lastError").path("step").asInt()).isEqualTo(10);
            assertThat(session.path("lastError").path("words").asText())
                    .contains(served.component())
                    .doesNotContain(served.secret());
            sessions.awaitAlarms("xmppAuthenticationRegistrationFailure");

            // when
            admin.put(CONFIGURATION, "sharedSecret", served.secret());

            // then
            sessions.awaitRegistered(served.domain());
            sessions.awaitAlarms();
        }
        assertThat(node.lines()).noneMatch(line -> line.contains(PROSODY.secret()) || line.contains(EJABBERD.secret()));
    }

    @Test
    void shouldFailWhereTheServerTakesNoComponent() throws Exception {
        // when
        configure(
                new ServedDomain(PROSODY.domain(), "somebody.prosody.test", "x"),
                PROSODY_HOST + ":" + prosody.tlsPort());

        // then
        sessions.awaitError(PROSODY.domain(), "hostUnknown");

        // when
        configure(PROSODY, PROSODY_HOST + ":" + Ports.free());

        // then
        sessions.awaitError(PROSODY.domain(), "connectionRefused");
    }

    /** An account of the foreign server's own asks the callbridge through that server, which knows nothing of logins. */
    private static void shouldDecideLogins(ServedDomain served, int clientPort) {
        Map<String, Object> ada = Map.of(
                "jid",
                ServedDomain.USER + "@" + served.domain(),
                "password",
                ServedDomain.PASSWORD,
                "host",
                "127.0.0.1",
                "port",
                clientPort,
                "encryption",
                "none",
                "mechanism",
                "SCRAM-SHA-1");
        try (PythonPeer client = PythonPeer.client(folder, ada)) {
            client.await("started");
            assertThat(client.ask("get", served.component(), "<load xmlns='urn:convoke:login:1'/>")
                            .path("xml")
                            .asText())
                    .contains("maxLegs=");
            assertThat(client.ask("get", served.component(), "<query xmlns='http://jabber.org/protocol/disco#info'/>")
                            .path("xml")
                            .asText())
                    .contains("urn:convoke:login:1");
            JsonNode right = login(client, served, "SCRAM-SHA-256", USER, PASSWORD);
            assertThat(right.path("result").asText()).as("%s", right).isEqualTo("success");
            assertThat(right.path("user").asText()).isEqualTo(USER);
            assertThat(right.path("mutual").asBoolean())
                    .as("the callbridge knows the password")
                    .isTrue();
            JsonNode wrong = login(client, served, "SCRAM-SHA-1", USER, "not " + PASSWORD);
            assertThat(wrong.path("condition").asText()).as("%s", wrong).isEqualTo("not-authorized");
            JsonNode guest = login(client, served, "ANONYMOUS", "", "");
            assertThat(guest.path("user").asText()).as("%s", guest).matches("guest\\d+");
        }
    }

    private static JsonNode login(
            PythonPeer client, ServedDomain served, String mechanism, String user, String password) {
        int before = client.events("login").size();
        client.tell("login", "to", served.component(), "mechanism", mechanism, "user", user, "password", password);
        client.await("login", any -> client.events("login").size() > before);
        return client.events("login").get(before);
    }

    private static void configure(ServedDomain served, String address) throws Exception {
        admin.put(
                CONFIGURATION,
                "uniqueName",
                served.component(),
                "domain",
                served.domain(),
                "sharedSecret",
                served.secret(),
                "serverAddressOverride",
                address);
    }

    private static void close(AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
