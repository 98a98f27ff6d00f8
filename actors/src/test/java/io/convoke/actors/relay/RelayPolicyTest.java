package io.convoke.actors.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.IpNetwork;
import io.convoke.protocols.turn.LiveRelays;
import io.convoke.protocols.turn.RestHash;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.Unauthenticated;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayPolicyTest {
    private static final UUID PARTICIPANT = new UUID(2, 2);
    private static final TransportAddress SOURCE = FakeRelay.address("192.0.2.10", 1000);
    private static final RelayRules.Peers ANY = new RelayRules.Peers(
            true,
            List.of(IpNetwork.parse("127.0.0.0/8")),
            List.of(IpNetwork.parse("9.9.9.0/24")),
            Duration.ofSeconds(30));

    private final AtomicReference<Instant> clock = new AtomicReference<>(FakeRelay.NOW);
    private final List<String> refused = new ArrayList<>();

    @Test
    void shouldKnowUsersOfTheSettingsByNameAndByItsHash() {
        // given
        RelayPolicy policy = policy(rules(null, ANY, RelayRules.Quotas.NONE));

        // then
        assertThat(policy.keys("ann", PasswordAlgorithm.SHA256))
                .containsExactly(PasswordAlgorithm.SHA256.key("ann", "example.org", "geheim"));
        assertThat(policy.usernameOf(PasswordAlgorithm.userhash("ann", "example.org")))
                .isEqualTo("ann");
        assertThat(policy.keys("bob", PasswordAlgorithm.MD5)).isEmpty();
    }

    @Test
    void shouldTakeOthersTimeLimitedCredentialsUntilTheyExpire() {
        // given
        RelayPolicy policy = policy(rules("shared", ANY, RelayRules.Quotas.NONE));
        String username = FakeRelay.NOW.plusSeconds(60).getEpochSecond() + ":bob";
        byte[] key = key(username, RestHash.SHA256.password("shared".getBytes(StandardCharsets.UTF_8), username));

        // then
        assertThat(policy.keys(username, PasswordAlgorithm.MD5)).contains(key);
        clock.set(FakeRelay.NOW.plusSeconds(61));
        assertThat(policy.keys(username, PasswordAlgorithm.MD5)).isEmpty();
    }

    @Test
    void shouldTakeAFormerSecretsCredentialsAndIssueWithTheNewOne() {
        // given
        RelayRules now = rules("new", ANY, RelayRules.Quotas.NONE);
        RelayRules rules = new RelayRules(
                now.realm(),
                now.users(),
                now.sharedSecret(),
                List.of("old"),
                now.hash(),
                now.participantLifetime(),
                now.peers(),
                now.quotas(),
                null);
        ParticipantBook book = new ParticipantBook(rules, clock::get);
        String username = FakeRelay.NOW.plusSeconds(60).getEpochSecond() + ":bob";

        // then
        assertThat(policy(rules, book).keys(username, PasswordAlgorithm.MD5))
                .contains(key(username, RestHash.SHA1.password("old".getBytes(StandardCharsets.UTF_8), username)));
        ParticipantBook.Credential credential = book.issue(PARTICIPANT);
        assertThat(credential.password())
                .isEqualTo(RestHash.SHA1.password("new".getBytes(StandardCharsets.UTF_8), credential.username()));
        assertThat(credential.toString()).doesNotContain(credential.password());
    }

    @Test
    void shouldEndAParticipantsCredentialsWhateverTheirTime() {
        for (String secret : new String[] {null, "shared"}) {
            // given
            RelayRules rules = rules(secret, ANY, RelayRules.Quotas.NONE);
            ParticipantBook book = new ParticipantBook(rules, clock::get);
            RelayPolicy policy = policy(rules, book);
            ParticipantBook.Credential credential = book.issue(PARTICIPANT);
            byte[] hash = PasswordAlgorithm.userhash(credential.username(), "example.org");
            assertThat(policy.keys(credential.username(), PasswordAlgorithm.MD5))
                    .contains(key(credential.username(), credential.password()));
            assertThat(policy.usernameOf(hash)).isEqualTo(credential.username());

            // when
            assertThat(book.end(PARTICIPANT)).hasValue(credential.username());

            // then
            assertThat(policy.keys(credential.username(), PasswordAlgorithm.MD5))
                    .isEmpty();
            assertThat(policy.usernameOf(hash)).isNull();
            assertThat(book.end(PARTICIPANT)).isEmpty();
        }
    }

    @Test
    void shouldExpireAParticipantsCredentials() {
        // given
        RelayRules rules = rules(null, ANY, RelayRules.Quotas.NONE);
        ParticipantBook book = new ParticipantBook(rules, clock::get);
        String username = book.issue(PARTICIPANT).username();

        // when
        clock.set(FakeRelay.NOW.plusSeconds(3601));

        // then
        assertThat(policy(rules, book).keys(username, PasswordAlgorithm.MD5)).isEmpty();
    }

    @Test
    void shouldSayWhySomebodyIsNotLetIn() {
        // given
        RelayRules rules = rules(null, ANY, RelayRules.Quotas.NONE);
        ParticipantBook book = new ParticipantBook(rules, clock::get);
        RelayPolicy policy = policy(rules, book);
        String left = book.issue(PARTICIPANT).username();
        book.end(PARTICIPANT);
        String expired = FakeRelay.NOW.minusSeconds(1).getEpochSecond() + ":bob";

        // when
        policy.unauthenticated("ann", Unauthenticated.WRONG_PASSWORD);
        policy.unauthenticated(left, Unauthenticated.UNKNOWN_USER);
        policy.unauthenticated(expired, Unauthenticated.UNKNOWN_USER);
        policy.unauthenticated("bob", Unauthenticated.UNKNOWN_USER);

        // then
        assertThat(refused)
                .containsExactly("ann WRONG_PASSWORD", left + " CALL_OVER", expired + " EXPIRED", "bob UNKNOWN_USER");
        assertThat(policy.denials(Denial.EXPIRED)).isEqualTo(1);
    }

    @Test
    void shouldTakeNoNameOfAParticipantThatWasNeverIssued() {
        // given
        RelayPolicy policy = policy(rules(null, ANY, RelayRules.Quotas.NONE));

        // then
        assertThat(policy.keys(
                        FakeRelay.NOW.plusSeconds(60).getEpochSecond() + ":" + PARTICIPANT, PasswordAlgorithm.MD5))
                .isEmpty();
    }

    @Test
    void shouldReachThePublicTheAllowedAndTheCallbridgesMediaInGeneralMode() {
        // given
        RelayPolicy policy = policy(rules(null, ANY, RelayRules.Quotas.NONE));

        CallbridgeMedia media = new CallbridgeMedia();
        media.announced(UUID.randomUUID(), List.of("10.0.0.7:40000"));

        // when
        policy.reach(media, Set.of(FakeRelay.address("127.0.0.1", 3478)));

        // then
        assertThat(policy.allowsPeer(FakeRelay.address("8.8.8.8", 53))).isTrue();
        assertThat(policy.allowsPeer(FakeRelay.address("127.0.0.1", 40_000))).isTrue();
        assertThat(policy.allowsPeer(FakeRelay.address("10.0.0.7", 40_000))).isTrue();
        assertThat(policy.allowsPeer(FakeRelay.address("10.0.0.7", 40_001))).isFalse();
        assertThat(policy.allowsPeer(FakeRelay.address("10.0.0.8", 40_000))).isFalse();
        assertThat(policy.allowsPeer(FakeRelay.address("9.9.9.9", 53))).isFalse();
        assertThat(policy.allowsPeer(FakeRelay.address("127.0.0.1", 3478))).isFalse();
        assertThat(policy.allowsPeerIp(FakeRelay.address("::ffff:10.0.0.8", 0))).isFalse();
        assertThat(policy.peersRefused()).isEqualTo(5);
    }

    @Test
    void shouldReachNobodyBeforeAnythingIsAnnounced() {
        // given
        RelayPolicy policy = policy(rules(
                null,
                new RelayRules.Peers(false, List.of(), List.of(), Duration.ofSeconds(30)),
                RelayRules.Quotas.NONE));

        // then
        assertThat(policy.allowsPeerIp(FakeRelay.address("8.8.8.8", 0))).isFalse();
    }

    @Test
    void shouldHoldUsersAndSourcesToTheirQuotas() {
        // given
        RelayPolicy policy = policy(rules(null, ANY, new RelayRules.Quotas(4, 2, 3, 1, 0, 0)));

        // when
        Admission first = policy.admit("ann", SOURCE);

        // then
        assertThat(policy.admit("ann", SOURCE)).isInstanceOf(Admission.Granted.class);
        assertThat(policy.admit("ann", FakeRelay.address("192.0.2.11", 1))).isEqualTo(Admission.Refused.QUOTA);
        assertThat(policy.admit("bob", SOURCE)).isInstanceOf(Admission.Granted.class);
        assertThat(policy.admit("cid", SOURCE)).isEqualTo(Admission.Refused.QUOTA);
        assertThat(policy.admit("cid", FakeRelay.address("192.0.2.11", 1))).isInstanceOf(Admission.Granted.class);
        assertThat(policy.admit("dan", FakeRelay.address("192.0.2.12", 1))).isEqualTo(Admission.Refused.FULL);
        assertThat(refused).containsExactly("ann QUOTA", "cid QUOTA", "dan FULL");

        // when
        ((Admission.Granted) first).lease().release();
        ((Admission.Granted) first).lease().release();

        // then
        assertThat(policy.admit("ann", SOURCE)).isInstanceOf(Admission.Granted.class);
        assertThat(policy.admit("dan", FakeRelay.address("192.0.2.12", 1))).isEqualTo(Admission.Refused.FULL);
    }

    @Test
    void shouldCountAnIpv6NetworkAsOneSourceAndParticipantsApart() {
        // given
        RelayPolicy policy = policy(rules(null, ANY, new RelayRules.Quotas(0, 0, 2, 1, 0, 0)));
        String participant = "1900000000:" + PARTICIPANT;

        // then
        assertThat(policy.admit("ann", FakeRelay.address("2001:db8::1", 1))).isInstanceOf(Admission.Granted.class);
        assertThat(policy.admit(participant, FakeRelay.address("2001:db8::2", 1)))
                .isInstanceOf(Admission.Granted.class);
        assertThat(policy.admit("ann", FakeRelay.address("2001:db8::3", 1))).isEqualTo(Admission.Refused.QUOTA);
        assertThat(policy.admit(participant, FakeRelay.address("2001:db8:1::3", 1)))
                .isEqualTo(Admission.Refused.QUOTA);
        assertThat(policy.admit("ann", FakeRelay.address("2001:db8:1::3", 1))).isInstanceOf(Admission.Granted.class);
    }

    @Test
    void shouldShareAUsersBandwidthBetweenTheUsersAllocations() {
        // given
        RelayPolicy policy = policy(rules(null, ANY, new RelayRules.Quotas(0, 0, 0, 0, 8_000_000, 0)));
        Admission.Granted one = (Admission.Granted) policy.admit("ann", SOURCE);
        Admission.Granted other = (Admission.Granted) policy.admit("ann", FakeRelay.address("192.0.2.11", 1));

        // when
        long taken = 0;
        for (long slice = 1; slice > 0; taken += slice) {
            slice = one.lease().bandwidth().take(1200, 0);
        }

        // then
        assertThat(taken).isBetween(200_000L, 260_000L);
        assertThat(other.lease().bandwidth().take(1200, 0)).isZero();
        assertThat(other.lease().bandwidth().take(1200, Duration.ofMillis(50).toNanos()))
                .isPositive();
    }

    private RelayPolicy policy(RelayRules rules) {
        return policy(rules, new ParticipantBook(rules, clock::get));
    }

    private RelayPolicy policy(RelayRules rules, ParticipantBook book) {
        return new RelayPolicy(rules, book, LiveRelays.NONE, clock::get, () -> 0, new Collector());
    }

    private final class Collector implements RelayPolicy.Listener {
        @Override
        public void refused(String username, Admission.Refused why) {
            refused.add(username + " " + why);
        }

        @Override
        public void denied(String username, Denial why) {
            refused.add(username + " " + why);
        }

        @Override
        public void peerRefused(String username, TransportAddress peer) {
            refused.add(username + " " + peer);
        }
    }

    private static byte[] key(String username, String password) {
        return PasswordAlgorithm.MD5.key(username, "example.org", password);
    }

    private static RelayRules rules(@Nullable String secret, RelayRules.Peers peers, RelayRules.Quotas quotas) {
        return new RelayRules(
                "example.org",
                Map.of("ann", "geheim"),
                secret,
                List.of(),
                RestHash.SHA1,
                Duration.ofHours(1),
                peers,
                quotas,
                null);
    }
}
