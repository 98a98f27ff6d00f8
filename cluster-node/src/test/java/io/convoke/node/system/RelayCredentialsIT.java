package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static io.convoke.node.turn.TurnClient.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.turn.TurnClient;
import io.convoke.node.turn.TurnLogin;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let into a relay and who is not, and that it tells nobody what they would need. */
class RelayCredentialsIT {
    private static final Duration NONCE_LIFETIME = Duration.ofSeconds(2);
    private static final String SECRET = "secret-shared-with-the-portal";
    private static final TurnLogin BOB = new TurnLogin("bob", "the-password-of-bob");
    private static final int UNKNOWN = 0x7F1F;

    @TempDir
    private static Path folder;

    private static RelayNode node;

    @BeforeAll
    static void start() {
        node = RelayNode.start(
                "relay-credentials",
                folder,
                """
                convoke.relay {
                  nonce-lifetime = %ds
                  users = [ { name = "%s", password = "%s" } ]
                }
                """.formatted(NONCE_LIFETIME.toSeconds(), BOB.name(), BOB.password()),
                Map.of("TURN_PEERS", "any", "TURN_ALLOW_PEERS", "127.0.0.0/8", "CONVOKE_RELAY_SHARED_SECRET", SECRET));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void shouldNotTakeAnOldNonceAgain() {
        try (TurnClient client = TurnClient.udp(node.address(), RelayNode.ANN)) {
            // given
            assertThat(codeOf(client.allocate())).isZero();
            String old = client.nonce();

            // when / then: it is good for a while, and then never again
            eventually(NONCE_LIFETIME.multipliedBy(5), () -> refreshWith(old, client), code -> code == 438);
            String fresh = client.ask(client.signed(StunType.REFRESH_REQUEST, UnaryOperator.identity()))
                    .text(StunAttribute.NONCE);
            assertThat(fresh).isNotNull().isNotEqualTo(old);
            assertThat(refreshWith(fresh, client)).isZero();
            assertThat(refreshWith(old, client)).isEqualTo(438);
        }
    }

    @Test
    void shouldNotTakeANonceThatItDidNotIssue() {
        try (TurnClient client = TurnClient.udp(node.address(), RelayNode.ANN)) {
            assertThat(codeOf(client.allocate())).isZero();
            String good = client.nonce();
            for (int at = 0; at < good.length(); at++) {
                String forged = good.substring(0, at) + (good.charAt(at) == 'A' ? 'B' : 'A') + good.substring(at + 1);
                assertThat(refreshWith(forged, client))
                        .as("character %d of the nonce changed", at)
                        .isEqualTo(438);
            }
            assertThat(refreshWith("", client)).isIn(400, 401, 438);
            assertThat(refreshWith("x".repeat(500), client)).isEqualTo(438);
        }
    }

    @Test
    void shouldRefuseForgedIntegrity() {
        try (TurnClient client = TurnClient.udp(node.address(), RelayNode.ANN)) {
            // given
            assertThat(codeOf(client.allocate())).isZero();
            byte[] good = client.signed(StunType.REFRESH_REQUEST, UnaryOperator.identity());

            // when / then: any bit of the hash, and a value that was not signed
            for (int at = good.length - 20; at < good.length; at += 7) {
                byte[] forged = good.clone();
                forged[at] ^= 1;
                assertThat(codeOf(client.ask(forged))).isEqualTo(401);
            }
            byte[] lifetime =
                    client.signed(StunType.REFRESH_REQUEST, writer -> writer.number(StunAttribute.LIFETIME, 600));
            lifetime[20 + 4 + 3] = 0;
            lifetime[20 + 4 + 2] = 0;
            assertThat(codeOf(client.ask(lifetime))).isEqualTo(401);
            assertThat(codeOf(client.refresh(600))).isZero();
        }
    }

    @Test
    void shouldRefuseAnotherRealmUserOrPassword() {
        try (TurnClient client = TurnClient.udp(node.address(), RelayNode.ANN)) {
            client.allocate();
            assertThat(codeOf(client.ask(signedBy(RelayNode.ANN, "another.realm", client))))
                    .isIn(400, 401);
            assertThat(codeOf(client.ask(signedBy(new TurnLogin("ann", "guess"), RelayNode.REALM, client))))
                    .isEqualTo(401);
            assertThat(codeOf(client.ask(signedBy(new TurnLogin("nobody", ""), RelayNode.REALM, client))))
                    .isEqualTo(401);
            // Somebody else's allocation (RFC 8656 §5)
            assertThat(codeOf(client.ask(signedBy(BOB, RelayNode.REALM, client))))
                    .isEqualTo(441);
            assertThat(codeOf(client.refresh(600))).isZero();
        }
    }

    @Test
    void shouldNameAttributesThatItMustUnderstandAndDoesNot() {
        try (TurnClient client = TurnClient.udp(node.address(), RelayNode.ANN)) {
            StunMessage answer = client.allocate(
                    writer -> writer.flag(UNKNOWN).flag(UNKNOWN + 1).flag(0xFF1F));
            assertThat(codeOf(answer)).isEqualTo(420);
            assertThat(answer.attribute(StunAttribute.UNKNOWN_ATTRIBUTES))
                    .startsWith(UNKNOWN >> 8, UNKNOWN & 0xFF, UNKNOWN + 1 >> 8, UNKNOWN + 1 & 0xFF);
            assertThat(codeOf(client.allocate())).isZero();
        }
    }

    @Test
    void shouldNotBeTalkedIntoAnotherPasswordAlgorithm() {
        try (TurnClient client = TurnClient.udp(node.address(), RelayNode.ANN)) {
            StunMessage challenge = client.ask(client.signed(
                    StunType.ALLOCATE_REQUEST,
                    writer -> writer.attribute(StunAttribute.REQUESTED_TRANSPORT, TurnClient.UDP)));
            byte[] offered = challenge.attribute(StunAttribute.PASSWORD_ALGORITHMS);
            assertThat(codeOf(challenge)).isEqualTo(401);
            assertThat(challenge.text(StunAttribute.NONCE)).startsWith("obMatJos2");
            assertThat(offered).isNotNull();
            assertThat(codeOf(client.allocate())).isZero();

            // A list that is not the one that was offered, one without a choice, a choice that was not offered (RFC
            // 8489 §9.2.4)
            byte[] md5 = {0, 1, 0, 0};
            assertThat(codeOf(client.refreshWith(md5, md5))).isEqualTo(400);
            assertThat(codeOf(client.refreshWith(offered, null))).isEqualTo(400);
            assertThat(codeOf(client.refreshWith(null, md5))).isEqualTo(400);
            assertThat(codeOf(client.refreshWith(offered, new byte[] {0, 9, 0, 0})))
                    .isEqualTo(400);
            assertThat(codeOf(client.refreshWith(offered, md5))).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HmacSHA1", "HmacSHA256"})
    void shouldTakeIssuedCredentialsUntilTheyExpire(String hmac) {
        long now = Instant.now().getEpochSecond();
        assertThat(codeOfAllocate(TurnLogin.issued(now + 600 + ":eve", SECRET, hmac)))
                .isZero();
        assertThat(codeOfAllocate(TurnLogin.issued(Long.toString(now + 600), SECRET, hmac)))
                .isZero();
        assertThat(codeOfAllocate(TurnLogin.issued(now - 5 + ":eve", SECRET, hmac)))
                .isEqualTo(401);
        assertThat(codeOfAllocate(TurnLogin.issued("eve", SECRET, hmac))).isEqualTo(401);
        assertThat(codeOfAllocate(TurnLogin.issued(now + 600 + ":eve", "guess", hmac)))
                .isEqualTo(401);
    }

    @Test
    void shouldKeepSecretsToItself() throws Exception {
        // given
        TurnLogin issued = TurnLogin.issued(Instant.now().getEpochSecond() + 600 + ":eve", SECRET, "HmacSHA1");
        try (TurnClient ann = TurnClient.udp(node.address(), RelayNode.ANN);
                TurnClient bob = TurnClient.tcp(node.address(), BOB);
                TurnClient eve = TurnClient.udp(node.address(), issued)) {
            Stream.of(ann, bob, eve).forEach(TurnClient::allocate);
            codeOfAllocate(new TurnLogin("ann", "guess-of-the-attacker"));

            // when
            StringBuilder said =
                    new StringBuilder(String.join("\n", node.process().lines()));
            String relay = node.relay().path("id").asText();
            for (String path : List.of(
                    "/state/relays",
                    "/state/relays/" + relay,
                    "/state/relays/" + relay + "/allocations",
                    "/state/trace",
                    "/state",
                    "/state/node",
                    "/state/relays/nobody/allocations")) {
                said.append('\n').append(node.api().get(path));
            }
            try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    said.append('\n').append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
            said.append('\n').append(commandLine());

            // then
            assertThat(said.toString())
                    .contains("ann")
                    .doesNotContain(RelayNode.ANN.password(), BOB.password(), SECRET, issued.password())
                    .doesNotContain("guess-of-the-attacker");
        }
    }

    private static String commandLine() throws Exception {
        return Files.readString(Path.of("/proc", Long.toString(node.process().pid()), "cmdline"));
    }

    private static int codeOfAllocate(TurnLogin login) {
        try (TurnClient client = TurnClient.udp(node.address(), login)) {
            return codeOf(client.allocate());
        }
    }

    private static int refreshWith(String nonce, TurnClient client) {
        client.setNonce(nonce);
        return codeOf(client.ask(client.signed(StunType.REFRESH_REQUEST, UnaryOperator.identity())));
    }

    private static byte[] signedBy(TurnLogin login, String realm, TurnClient client) {
        return StunWriter.begin(StunType.REFRESH_REQUEST, TurnClient.transactionId())
                .text(StunAttribute.USERNAME, login.name())
                .text(StunAttribute.REALM, realm)
                .text(StunAttribute.NONCE, client.nonce())
                .messageIntegrity(login.key(realm))
                .finish();
    }
}
