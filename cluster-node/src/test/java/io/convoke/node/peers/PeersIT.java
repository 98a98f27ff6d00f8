package io.convoke.node.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The foreign programs with each other, so that a failure elsewhere is none of theirs. */
class PeersIT {
    private static final ServedDomain SERVED = new ServedDomain("example.test", "callbridge.example.test", "hunter2");
    private static final String SERVICE = "_xmpp-component._tcp.";

    @TempDir
    private Path folder;

    @Test
    void shouldTakeComponentsAndClientsWithProsody() throws Exception {
        // given
        ProsodyServer.require();
        TestCertificates certificates = new TestCertificates(folder, "Tests");
        TestCertificates.Pair own = certificates.issue(
                "server", TestCertificates.dns(SERVED.domain()), TestCertificates.xmpp(SERVED.domain()));
        TestCertificates.Pair theirs = certificates.issue("component", TestCertificates.dns("component.test"));
        try (ProsodyServer server = new ProsodyServer(sub("prosody"), SERVED, own, certificates.authority())) {
            server.start();

            // when
            Map<String, Object> argument = new HashMap<>(component(server.tlsPort()));
            argument.put("domain", SERVED.domain());
            argument.put(
                    "tls",
                    Map.of(
                            "authority", certificates.authority().toString(),
                            "certificate", theirs.certificate().toString(),
                            "key", theirs.key().toString()));

            // then
            try (PythonPeer component = PythonPeer.component(folder, argument)) {
                component.await("started");
                shouldReach(server.clientPort());
            }
            try (PythonPeer component = PythonPeer.component(folder, component(server.componentPort()))) {
                component.await("started");
            }
        }
    }

    @Test
    void shouldMeetInARoomOfProsodys() throws Exception {
        // given
        ProsodyServer.require();
        TestCertificates certificates = new TestCertificates(folder, "Tests");
        TestCertificates.Pair own = certificates.issue(
                "server", TestCertificates.dns(SERVED.domain()), TestCertificates.dns(SERVED.guests()));
        String room = "tea@" + SERVED.rooms();
        try (ProsodyServer server = new ProsodyServer(sub("prosody"), SERVED, own, certificates.authority())) {
            server.start();
            Map<String, Object> guest = Map.of(
                    "jid", SERVED.guests(),
                    "host", "127.0.0.1",
                    "port", server.clientPort(),
                    "encryption", "starttls",
                    "tls", Map.of("authority", certificates.authority().toString()));
            try (SmackClient smack = SmackClient.login(
                            SERVED.domain(),
                            server.clientPort(),
                            certificates.authority(),
                            ServedDomain.USER,
                            ServedDomain.PASSWORD);
                    PythonPeer slixmpp = PythonPeer.client(folder, guest);
                    WebSocketClient web = new WebSocketClient(
                            URI.create("ws://127.0.0.1:" + server.webSocketPort() + "/xmpp-websocket"))) {
                slixmpp.await("started");

                // when
                smack.join(room, "Ada");
                slixmpp.tell("join", "room", room, "nick", "Guest");
                web.logIn(SERVED.guests());
                web.join(room, "Web");
                web.say(room, "hello from the web");
                slixmpp.await("heard");
                slixmpp.tell("say", "room", room, "text", "hello");

                // then
                assertThat(web.await("hello</body>")).contains("Guest");
                smack.awaitHeard("Guest: hello", "Web: hello from the web");
                assertThat(smack.occupants()).containsExactly("Ada", "Guest", "Web");
                assertThat(slixmpp.await("heard").path("nick").asText()).isEqualTo("Web");
                assertThat(smack.isResumable()).isTrue();

                // when
                smack.cut();
                slixmpp.tell("say", "room", room, "text", "and?");

                // then
                assertThat(smack.comeBack()).isTrue();
                slixmpp.await("heard", each -> each.path("text").asText().equals("and?"));
            }
        }
    }

    @Test
    void shouldTakeComponentsAndClientsWithEjabberd() throws Exception {
        // given
        EjabberdServer.require();
        try (EjabberdServer server = EjabberdServer.start(sub("ejabberd"), SERVED);
                // when
                PythonPeer component = PythonPeer.component(folder, component(server.componentPort()))) {
            component.await("started");

            // then
            shouldReach(server.clientPort());
        }
    }

    @Test
    void shouldAnswerEachKindOfQuestionWithDnsmasq() throws Exception {
        // given
        DnsServer.Records records = new DnsServer.Records(30)
                .srv(SERVICE + "two.test", 10, 60, 5223, "one.two.test")
                .srv(SERVICE + "two.test", 20, 0, 5224, "two.two.test")
                .address("one.two.test", "127.0.0.1")
                .other(SERVICE + "empty.test")
                .noService(SERVICE + "none.test");
        try (DnsServer server = DnsServer.start(folder, records)) {
            SimpleResolver resolver = new SimpleResolver("127.0.0.1");
            resolver.setPort(server.port());

            // when
            Lookup two = look(resolver, "two.test");
            Lookup empty = look(resolver, "empty.test");
            Lookup none = look(resolver, "none.test");
            Lookup unknown = look(resolver, "unknown.test");

            // then
            assertThat(two.getAnswers()).hasSize(2).allMatch(each -> each.getTTL() == 30);
            assertThat(empty.getResult()).isEqualTo(Lookup.TYPE_NOT_FOUND);
            assertThat(none.getAnswers())
                    .singleElement()
                    .matches(each -> ((SRVRecord) each).getTarget().toString().equals("."));
            assertThat(unknown.getResult()).isEqualTo(Lookup.HOST_NOT_FOUND);
            assertThat(server.log()).anyMatch(line -> line.contains("query[SRV] " + SERVICE + "two.test"));
        }
    }

    private static Lookup look(SimpleResolver resolver, String domain) throws IOException {
        Lookup lookup = new Lookup(SERVICE + domain, Type.SRV);
        lookup.setResolver(resolver);
        lookup.setCache(null);
        lookup.run();
        return lookup;
    }

    /** A client with an account and one without ask the component something. */
    private void shouldReach(int port) {
        Map<String, Object> ada = Map.of(
                "jid",
                ServedDomain.USER + "@" + SERVED.domain(),
                "password",
                ServedDomain.PASSWORD,
                "host",
                "127.0.0.1",
                "port",
                port,
                "encryption",
                "none",
                "mechanism",
                "SCRAM-SHA-1");
        Map<String, Object> guest = Map.of(
                "jid",
                SERVED.guests(),
                "host",
                "127.0.0.1",
                "port",
                port,
                "encryption",
                "none",
                "mechanism",
                "ANONYMOUS");
        for (Map<String, Object> each : java.util.List.of(ada, guest)) {
            try (PythonPeer client = PythonPeer.client(folder, each)) {
                client.await("started");
                JsonNode answer = client.ask("get", SERVED.component(), "<ping xmlns='urn:xmpp:ping'/>");
                assertThat(answer.path("type").asText()).as("%s", answer).isEqualTo("result");
            }
        }
    }

    private static Map<String, Object> component(int port) {
        return Map.of("jid", SERVED.component(), "secret", SERVED.secret(), "host", "127.0.0.1", "port", port);
    }

    private Path sub(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }
}
