package io.convoke.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.convoke.node.settings.NodeSettings.Pem;
import io.convoke.node.settings.NodeSettings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaySectionTest {
    @TempDir
    private Path folder;

    @Test
    void shouldHaveADefaultForEverything() throws SettingsFailure {
        // when
        RelaySection relay = SettingsFile.read(null, Map.of(), folder).relay();

        // then
        assertThat(relay)
                .isEqualTo(new RelaySection(
                        new RelaySection.Listening(
                                List.of(), 3478, true, true, -1, true, new Pem("", "", ""), List.of(), 0),
                        new RelaySection.PortRange(49_152, 65_535),
                        new RelaySection.Access(
                                "convoke", List.of(), new Secret(""), List.of(), "sha1", Duration.ofHours(24)),
                        new RelaySection.Peers(false, List.of(), List.of(), Duration.ofSeconds(10)),
                        new RelaySection.Lifetimes(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(1)),
                        new RelaySection.Quotas(0, 0, 0, 32, 0, 0),
                        new RelaySection.Streams(
                                20_000,
                                20_000,
                                1000,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                256 << 10),
                        1000,
                        2000,
                        4 << 20,
                        4 << 20,
                        0,
                        true,
                        true,
                        "",
                        new RelaySection.Told("", List.of(), "all")));
    }

    @Test
    void shouldReadEverything() throws Exception {
        // given
        Path file = configuration("""
                convoke.relay {
                  addresses = ["192.0.2.1", "2001:db8::1"], port = 1, udp = false, tls-port = 447, dtls = false
                  certificate = turn.crt, key = turn.key, public-ip = ["203.0.113.7", "10.0.0.2=203.0.113.8"], alternate-port = 3479
                  relay-ports = "50000-50999", realm = example.org, credentials = "ann:se:cret", users = [ { name = bob, password = hunter2 } ]
                  shared-secret = hunter3, former-secrets = [hunter4], rest-hash = sha256, participant-lifetime = 2h
                  peers = any, allow-peers = "127.0.0.0/8, 10.0.0.0/8", deny-peers = ["9.9.9.9"], lost-callbridge-grace = 5s
                  lifetime = 1m, max-lifetime = 2m, nonce-lifetime = 3m
                  quotas { allocations = 1, allocations-per-user = 2, allocations-per-source = 3, allocations-per-participant = 4
                           bandwidth-per-user = 5000000, bandwidth-per-source = 6000000000 }
                  streams { max-connections = 7, max-per-source = 8, max-handshakes = 9, handshake-timeout = 1s, idle-timeout = 2s
                            stall-timeout = 3s, max-queued = 64k }
                  max-requests-per-second = 10, request-burst = 11, send-buffer = 1m, receive-buffer = 2m, loops = 3
                  mobility = false, tcp-relay = false, alternate = "192.0.2.9:3478"
                  host = turn.example.org, announce = ["turn:a:3478?transport=udp", "stun:b:3478"], ice-transport-policy = relay
                }""");

        // when
        RelaySection relay = SettingsFile.read(file, Map.of(), folder).relay();

        // then
        assertThat(relay)
                .isEqualTo(new RelaySection(
                        new RelaySection.Listening(
                                List.of("192.0.2.1", "2001:db8::1"),
                                1,
                                false,
                                true,
                                447,
                                false,
                                new Pem(
                                        folder.resolve("turn.crt").toString(),
                                        folder.resolve("turn.key").toString(),
                                        ""),
                                List.of(
                                        new RelaySection.PublicIp("", "203.0.113.7"),
                                        new RelaySection.PublicIp("10.0.0.2", "203.0.113.8")),
                                3479),
                        new RelaySection.PortRange(50_000, 50_999),
                        new RelaySection.Access(
                                "example.org",
                                List.of(
                                        new RelaySection.User("ann", new Secret("se:cret")),
                                        new RelaySection.User("bob", new Secret("hunter2"))),
                                new Secret("hunter3"),
                                List.of(new Secret("hunter4")),
                                "sha256",
                                Duration.ofHours(2)),
                        new RelaySection.Peers(
                                true, List.of("127.0.0.0/8", "10.0.0.0/8"), List.of("9.9.9.9"), Duration.ofSeconds(5)),
                        new RelaySection.Lifetimes(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(3)),
                        new RelaySection.Quotas(1, 2, 3, 4, 5_000_000, 6_000_000_000L),
                        new RelaySection.Streams(
                                7, 8, 9, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 64 << 10),
                        10,
                        11,
                        1 << 20,
                        2 << 20,
                        3,
                        false,
                        false,
                        "192.0.2.9:3478",
                        new RelaySection.Told(
                                "turn.example.org", List.of("turn:a:3478?transport=udp", "stun:b:3478"), "relay")));
        assertThat(relay.toString()).doesNotContain("hunter", "se:cret");
    }

    @Test
    void shouldStartARelayAloneFromItsOwnFile() throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(Path.of("../conf/turn.conf"), Map.of(), folder);

        // then
        assertThat(settings.roles()).isEqualTo(Set.of(Role.TURN));
        assertThat(settings.relay().listening().port()).isEqualTo(3478);
        assertThat(settings.relay().peers().any()).isFalse();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.c2w().listenPem().isConfigured()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port = 70000 | convoke.relay.port: expected a whole number from 0 to 65535, but found 70000",
                "tls-port = -2 | convoke.relay.tls-port: expected a whole number from -1 to 65535",
                "tls-port = 3478 | convoke.relay.tls-port: expected another port than convoke.relay.port, but found 3478",
                "addresses = [edge.example.org] | convoke.relay.addresses: expected a list of addresses of this machine",
                "addresses = { a = b } | convoke.relay.addresses: expected a list of texts, or one text with commas between",
                "certificate = a.pem | expected certificate and key together, or neither",
                "public-ip = here | convoke.relay.public-ip: expected an address such as 203.0.113.7",
                "public-ip = \"x=203.0.113.7\" | convoke.relay.public-ip: expected an address such as 203.0.113.7",
                "relay-ports = 5000 | convoke.relay.relay-ports: expected a range of ports such as 49152-65535",
                "relay-ports = \"60000-50000\" | convoke.relay.relay-ports: expected a range of ports",
                "relay-ports = \"80-90\" | convoke.relay.relay-ports: expected a range of ports",
                "realm = \"\" | convoke.relay.realm: expected 1 to 127 characters",
                "users = [ { name = bob } ] | convoke.relay.users.no-1.name: expected a password beside the name",
                "rest-hash = md5 | convoke.relay.rest-hash: expected sha1 or sha256, but found \"md5\"",
                "peers = all | convoke.relay.peers: expected callbridges or any, but found \"all\"",
                "allow-peers = [\"10.0.0.0/33\"] | convoke.relay.allow-peers: expected a list of addresses and networks such as",
                "allow-peers = [\"10.0.0.1/8\"] | with no bits behind the prefix",
                "deny-peers = \"everybody\" | convoke.relay.deny-peers: expected a list of addresses and networks such as",
                "max-lifetime = 1m | convoke.relay.max-lifetime: expected as long as lifetime, or longer",
                "quotas.allocations = -1 | convoke.relay.quotas.allocations: expected a whole number from 0",
                "quotas.bandwidth-per-user = fast | convoke.relay.quotas.bandwidth-per-user: expected a whole number from 0",
                "streams.max-connections = 0 | convoke.relay.streams.max-connections: expected a whole number from 1",
                "max-requests-per-second = 0 | convoke.relay.max-requests-per-second: expected a whole number from 1",
                "loops = 257 | convoke.relay.loops: expected a whole number from 0 to 256",
                "alternate = elsewhere | convoke.relay.alternate: expected address:port of another relay",
                "host = \"a:1\" | convoke.relay.host: expected a host name or an address, without a port",
                "announce = [\"http://a\"] | convoke.relay.announce: expected a list of URLs such as turn:",
                "ice-transport-policy = none | convoke.relay.ice-transport-policy: expected all or relay",
                "shared-secrets = [a] | there is no setting convoke.relay.shared-secrets",
            })
    void shouldNameLineKeyExpectedAndFound(String text, String words) throws IOException {
        // given
        Path file = configuration("# first line\nconvoke.relay." + text);

        // when / then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageContaining(words)
                .withMessageContaining("own.conf, line 2: ");
    }

    @ParameterizedTest
    @CsvSource({"hunter2", ":hunter2", "hunter2:"})
    void shouldNotQuoteCredentials(String text) throws IOException {
        // given
        Path file = configuration("convoke.relay.credentials = \"" + text + "\"");

        // when / then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageContaining("convoke.relay.credentials: expected user:password")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("hunter"));
    }

    @Test
    void shouldAskForAtLeastOneListener() throws IOException {
        // given
        Path file = configuration("convoke.relay { udp = false, tcp = false }");

        // when / then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageContaining("one of them at least");
    }

    private Path configuration(String text) throws IOException {
        return Files.writeString(folder.resolve("own.conf"), text);
    }
}
