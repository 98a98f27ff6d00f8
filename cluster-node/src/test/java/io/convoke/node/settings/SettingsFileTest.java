package io.convoke.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.convoke.media.xmpp.Listener;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    private static final Path CONF = Path.of("../conf");

    @TempDir
    private Path folder;

    @Test
    void shouldReadTheDefaultsWithoutAnyFile() throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(null, Map.of(), folder);

        // then
        assertThat(settings.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.data()).isEqualTo(folder.resolve("data"));
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:file:" + folder.resolve("data/convoke"));
        assertThat(settings.guests().jwtExpiryHours()).isEqualTo(24);
        assertThat(settings.xmppDomain()).isEqualTo("localhost");
        assertThat(settings.seeds()).isEqualTo(new Seeds(List.of(), List.of()));
        assertThat(settings.logs().folder()).isEqualTo(folder.resolve("data/logs"));
    }

    @Test
    void shouldHaveADefaultForEachLimitThatPeopleMeet() throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(CONF.resolve("convoke.conf"), Map.of(), folder);

        // then
        assertThat(settings.http().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.session().maxSessions()).isEqualTo(5_000);
        assertThat(settings.session().openWithin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.session().maxQueuedMessages()).isEqualTo(512);
        assertThat(settings.session().maxQueuedBytes()).isEqualTo(4 << 20);
        assertThat(settings.c2w().maxMessageBytes()).isEqualTo(1 << 20);
        assertThat(settings.c2w().maxQueuedMessages()).isEqualTo(8192);
        assertThat(settings.c2w().maxQueuedBytes()).isEqualTo(16 << 20);
        assertThat(settings.c2w().stateInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.lock()).isEqualTo(new NodeSettings.Lock(Duration.ofSeconds(6), Duration.ofSeconds(2), 10));
        assertThat(settings.passcodes().firstDelay()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.passcodes().maxRefusal()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.passcodes().maxSpaceRefusal()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.trace().edgeBuffer()).isEqualTo(2_000);
        assertThat(settings.chat()).isEqualTo(new NodeSettings.Chat(4_000, 5, 200, 50));
    }

    @Test
    void shouldReadTheXmppServersPortsAndBounds() throws SettingsFailure {
        // when
        XmppServer server = SettingsFile.read(CONF.resolve("convoke.conf"), Map.of(), folder)
                .xmppServer();

        // then
        assertThat(server.listeners())
                .extracting(
                        listener -> listener.kind() + " " + listener.address().getPort())
                .containsExactly("CLIENTS 5222", "COMPONENTS 5223", "WEB_SOCKET 5280");
        assertThat(server.wire().domain()).isEqualTo("localhost");
        assertThat(server.wire().requireClientCertificate()).isFalse();
        assertThat(server.wire().clients().requireTls()).isTrue();
        assertThat(server.wire().clients().mechanisms())
                .containsExactly("SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "ANONYMOUS");
        assertThat(server.wire().clients().limits()).isEqualTo(new StreamLimits(128 << 10, 32, 32, 2048));
        assertThat(server.wire().clients().authenticationTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(server.wire().clients().resumeTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(server.wire().clients().maxQueuedBytes()).isEqualTo(1 << 20);
        assertThat(server.wire().clients().stanzasPerSecond()).isEqualTo(50);
        assertThat(server.wire().components().threads()).isEqualTo(1);
        assertThat(server.wire().components().limits()).isEqualTo(new StreamLimits(1 << 20, 64, 64, 16_384));
        assertThat(server.wire().components().stallTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldReadTheBoundsOfLoginsForBothEnds() throws SettingsFailure {
        // when
        XmppLogins logins = SettingsFile.read(CONF.resolve("convoke.conf"), Map.of(), folder)
                .xmppLogins();

        // then
        assertThat(logins)
                .isEqualTo(new XmppLogins(
                        Duration.ofSeconds(30),
                        256,
                        10_000,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        32,
                        256));
        assertThat(logins.callbridge(new UUID(1, 1), 24).guestLifetime()).isEqualTo(Duration.ofHours(24));
        assertThat(logins.server(new UUID(1, 1), "example.org").loginWithin()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldServeWebSocketsWithTlsBeyondLoopback() throws Exception {
        // given
        Path file = configuration(
                "convoke.xmpp.server { host = \"0.0.0.0\", client-port = -1, component-port = -1, plain-component-port = 0 }");

        // when
        XmppServer server = SettingsFile.read(file, Map.of(), folder).xmppServer();

        // then
        assertThat(server.listeners())
                .extracting(Listener::kind)
                .containsExactly(Listener.Kind.PLAIN_COMPONENTS, Listener.Kind.SECURE_WEB_SOCKET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "convoke.conf",
                "core.conf",
                "edge.conf",
                "turn.conf",
                "cluster-1.conf",
                "cluster-2.conf",
                "cluster-3.conf"
            })
    void shouldReadEachConfigurationThatComesWithConvoke(String name) throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(CONF.resolve(name), Map.of(), folder);

        // then
        assertThat(settings.isCore())
                .isEqualTo(!List.of("edge.conf", "turn.conf").contains(name));
    }

    @Test
    void shouldPreferTheFileToTheDefaultsAndTheCommandLineToTheFile() throws Exception {
        // given
        Path file = configuration("convoke.http { port = 9090, host = \"::1\" }");

        // when
        NodeSettings settings = SettingsFile.read(file, Map.of("convoke.http.port", 0), folder);

        // then
        assertThat(settings.http().port()).isZero();
        assertThat(settings.http().host()).isEqualTo("::1");
        assertThat(settings.http().requestTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldReadHowTheCallbridgeRegistersWithXmppServers() throws Exception {
        // given
        Path file = configuration("""
                convoke.xmpp.callbridge {
                  trust = "issuers.pem", resolver = "127.0.0.1:5353", resolver-timeout = 1s, resolver-tries = 3, sessions = each
                  plain-tcp = ["127.0.0.1:5347"], connect-timeout = 1s, tls-timeout = 2s, stream-timeout = 3s, keep-alive = 4s
                  ping-timeout = 5s, retry-min = 6s, retry-max = 7s, max-stanza = 8k, max-queued = 9k
                }""");

        // when
        XmppCallbridge standard = SettingsFile.read(null, Map.of(), folder).xmppCallbridge();
        XmppCallbridge settings = SettingsFile.read(file, Map.of(), folder).xmppCallbridge();

        // then
        assertThat(standard.pem().isConfigured()).isFalse();
        assertThat(standard.resolver()).isEmpty();
        assertThat(standard.each()).isFalse();
        assertThat(standard.plainTcp()).isEmpty();
        assertThat(standard.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(standard.keepAlive()).isEqualTo(Duration.ofSeconds(20));
        assertThat(standard.retryMax()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings)
                .isEqualTo(new XmppCallbridge(
                        new NodeSettings.Pem(
                                "", "", folder.resolve("issuers.pem").toString()),
                        "127.0.0.1:5353",
                        Duration.ofSeconds(1),
                        3,
                        true,
                        List.of("127.0.0.1:5347"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        8 << 10,
                        9 << 10));
    }

    @Test
    void shouldShareADatabaseFileBetweenNodesStartedFromDifferentFolders() throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(CONF.resolve("cluster-2.conf"), Map.of(), folder);

        // then
        assertThat(settings.database().url())
                .isEqualTo("jdbc:h2:file:" + folder + "/data/cluster/convoke;AUTO_SERVER=TRUE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "convoke.http.prot = 1 | there is no setting convoke.http.prot; expected one of: convoke.http.certificate",
                "convoke.lock.renew-every = 3s | convoke.lock.renew-every: expected a third of the lease or less, but found",
                "convoke.http.port = many | convoke.http.port: expected a whole number from 0 to 65535, but found \"many\"",
                "convoke.http.port = 70000 | convoke.http.port: expected a whole number from 0 to 65535, but found 70000",
                "convoke.http.join-timeout = 3 fortnights | convoke.http.join-timeout: expected a duration such as",
                "convoke.http.max-body = 0 | convoke.http.max-body: expected a size such as 64k",
                "convoke.node.roles = [callbridge, cook] | convoke.node.roles: expected a list with some of callbridge",
                "convoke.xmpp.server.client-certificate = maybe | convoke.xmpp.server.client-certificate: expected ask or require",
                "convoke.xmpp.server.mechanisms = [MD5] | convoke.xmpp.server.mechanisms: expected a list with some of",
                "convoke.xmpp.server.certificate = a.pem | expected certificate and key together, or neither",
                "convoke.xmpp.server.client-port = -2 | expected a whole number from -1 to 65535",
                "convoke.xmpp.domain = \"a b\" | convoke.xmpp.domain: expected a domain name such as example.org, but found",
                "'convoke.users = [ { nam = ann } ]' | there is no setting convoke.users.no-1.nam",
                "convoke.xmpp.callbridge.sessions = all | convoke.xmpp.callbridge.sessions: expected best or each, but found",
                "convoke.xmpp.callbridge.resolver = nowhere | convoke.xmpp.callbridge.resolver: expected host:port, or nothing, but found",
                "convoke.xmpp.callbridge.plain-tcp = [here] | convoke.xmpp.callbridge.plain-tcp: expected a list of host:port, but found",
                "convoke.xmpp.callbridge.retry-max = 1ms | convoke.xmpp.callbridge.retry-max: expected as long as retry-min",
                "convoke.chat.longest-message = 0 | convoke.chat.longest-message: expected a whole number from 1",
                "convoke.node.roles = [] | convoke.node.roles: expected a list with some of callbridge",
                "convoke.guests.jwt-expiry = 48h | convoke.guests.jwt-expiry: expected 1h to 24h, but found \"48h\"",
                "'convoke.cluster.seed-nodes = [\"a\"]' | convoke.cluster.seed-nodes: expected a list of host:port",
                "'convoke.database.url = \"jdbc:oracle:x\"' | convoke.database.url: expected a URL that begins with",
            })
    void shouldNameLineKeyExpectedAndFound(String text, String words) throws IOException {
        // given
        Path file = configuration("# first line\n" + text);

        // when / then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageContaining(words)
                .withMessageContaining("own.conf, line 2: ");
    }

    @Test
    void shouldSayWhereAFileIsNotHocon() throws IOException {
        // given
        Path file = configuration("convoke {\n  http {");

        // when / then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageStartingWith("The configuration cannot be understood: ")
                .withMessageContaining("own.conf: 2");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(folder.resolve("none.conf"), Map.of(), folder))
                .withMessage(
                        "The configuration " + folder.resolve("none.conf") + " cannot be read: there is no such file");
    }

    @Test
    void shouldKeepSecretsOutOfTexts() throws Exception {
        // given
        Path file = configuration("convoke { admin.password = hunter2, database.password = hunter3 }");

        // when
        NodeSettings settings = SettingsFile.read(file, Map.of(), folder);

        // then
        assertThat(settings.adminPassword().toString() + settings.database()).doesNotContain("hunter");
        assertThat(settings.adminPassword().reveal()).isEqualTo("hunter2");
    }

    @Test
    void shouldReadSpacesOverTheirDefaults() throws Exception {
        // given
        Path file = configuration(
                "convoke.spaces = [ { name = Team, call-id = 1234, passcode = hunter2, participant-limit = 2 } ]");

        // when
        NodeSettings settings = SettingsFile.read(file, Map.of(), folder);

        // then
        assertThat(settings.spaces()).singleElement().satisfies(space -> {
            assertThat(space.name()).isEqualTo("Team");
            assertThat(space.callId()).isEqualTo("1234");
            assertThat(space.participantLimit()).isEqualTo(2);
            assertThat(space.locked()).isFalse();
            assertThat(space.chat()).isTrue();
            assertThat(space.chatHistory()).isEqualTo(100);
            assertThat(space.toString()).doesNotContain("hunter");
        });
    }

    @Test
    void shouldNameAMisspeltKeyOfASpace() throws Exception {
        // given
        Path file = configuration("convoke.spaces = [ { name = Team, pass = 1 } ]");

        // then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageContaining("there is no setting convoke.spaces.no-1.pass")
                .withMessageContaining("convoke.spaces.no-1.passcode");
    }

    @Test
    void shouldReadUsersAndComponentsOverTheirDefaults() throws Exception {
        // given
        Path file = configuration("convoke.users = [ { name = ann, password = hunter22 } ]\n"
                + "convoke.xmpp { domain = example.org, server.components = [ { name = cb2, secret = hunter3 } ] }");

        // when
        NodeSettings settings = SettingsFile.read(file, Map.of(), folder);

        // then
        assertThat(settings.xmppDomain()).isEqualTo("example.org");
        assertThat(settings.seeds().users()).singleElement().satisfies(user -> {
            assertThat(user.name()).isEqualTo("ann");
            assertThat(user.displayName()).isEmpty();
            assertThat(user.password().reveal()).isEqualTo("hunter22");
        });
        assertThat(settings.seeds().components()).singleElement().satisfies(component -> {
            assertThat(component.name()).isEqualTo("cb2");
            assertThat(component.secret().reveal()).isEqualTo("hunter3");
        });
        assertThat(settings.seeds().toString()).doesNotContain("hunter");
    }

    private Path configuration(String text) throws IOException {
        return Files.writeString(folder.resolve("own.conf"), text);
    }
}
