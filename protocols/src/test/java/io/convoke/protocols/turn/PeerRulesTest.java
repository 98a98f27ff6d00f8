package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules decide; which addresses are special is in {@link PeerCatalogueTest}. */
class PeerRulesTest {
    private static final TransportAddress LISTENER = TransportAddress.ofIp("198.51.100.9", 3478);
    private static final TransportAddress RELAYED = TransportAddress.ofIp("198.51.100.9", 50_000);
    private static final LiveRelays RELAYS = new LiveRelays() {
        @Override
        public boolean hasIp(long high, long low) {
            return RELAYED.isSameIp(new TransportAddress(high, low, 0));
        }

        @Override
        public boolean isLive(long high, long low, int port) {
            return RELAYED.equals(new TransportAddress(high, low, port));
        }
    };

    private static TransportAddress ip(String text) {
        return TransportAddress.ofIp(text, 9);
    }

    private static List<IpNetwork> networks(String... texts) {
        return List.of(texts).stream().map(IpNetwork::parse).toList();
    }

    private static PeerRules announced(List<IpNetwork> denied, TransportAddress... addresses) {
        return PeerRules.callbridges(List.of(addresses), denied, List.of(LISTENER), RELAYS);
    }

    private static PeerRules any(List<IpNetwork> allowed, List<IpNetwork> denied) {
        return PeerRules.any(allowed, denied, List.of(LISTENER), RELAYS);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.5, 40000, true, true",
        "10.1.0.5, 40001, true, false",
        "::ffff:10.1.0.5, 40000, true, true",
        "64:ff9b::10.1.0.5, 40000, false, false",
        "2002:a01:5::, 40000, false, false",
        "10.1.0.6, 40000, false, false",
        "fd00::5, 40000, true, true",
        "8.8.8.8, 40000, false, false",
        "127.0.0.1, 40000, false, false",
        "198.51.100.9, 50000, true, true",
        "198.51.100.9, 50001, true, false",
        "198.51.100.9, 3478, true, false",
        "10.1.0.5, 0, true, false"
    })
    void shouldReachWhatCallbridgesAnnounced(String ip, int port, boolean ipAllowed, boolean allowed) {
        // given
        PeerRules rules = announced(
                List.of(), TransportAddress.ofIp("10.1.0.5", 40_000), TransportAddress.ofIp("fd00::5", 40_000));
        // when
        TransportAddress peer = TransportAddress.ofIp(ip, port);
        // then
        assertThat(rules.allowsIp(peer)).isEqualTo(ipAllowed);
        assertThat(rules.allows(peer)).isEqualTo(allowed);
    }

    @Test
    void shouldReachNobodyWithoutACallbridge() {
        PeerRules rules = PeerRules.callbridges(List.of(), List.of(), List.of(), LiveRelays.NONE);
        assertThat(rules.allowsIp(ip("8.8.8.8"))).isFalse();
        assertThat(rules.allows(ip("8.8.8.8"))).isFalse();
    }

    @Test
    void shouldDenyWhatIsBothAnnouncedAndDenied() {
        PeerRules rules = announced(networks("10.1.0.0/16", "198.51.100.0/24"), ip("10.1.0.5"));
        assertThat(rules.allowsIp(ip("10.1.0.5"))).isFalse();
        assertThat(rules.allows(ip("10.1.0.5"))).isFalse();
        assertThat(rules.allowsIp(RELAYED)).isFalse();
        assertThat(rules.allows(RELAYED)).isFalse();
    }

    @Test
    void shouldAllowWhatIsListed() {
        // given
        PeerRules rules = any(networks("127.0.0.0/8", "fd00::/8", "64:ff9b:1::/48"), List.of());
        // then
        assertThat(rules.allows(ip("127.0.0.1"))).isTrue();
        assertThat(rules.allows(ip("::ffff:127.0.0.1"))).isTrue();
        assertThat(rules.allows(ip("fd00::1"))).isTrue();
        assertThat(rules.allows(ip("64:ff9b:1::10.0.0.1"))).isTrue();
        assertThat(rules.allows(ip("10.0.0.1"))).isFalse();
        assertThat(rules.allows(ip("::1"))).isFalse();
        assertThat(rules.allows(ip("64:ff9b::127.0.0.1"))).isFalse();
        assertThat(rules.allows(ip("::127.0.0.1"))).isFalse();
        assertThat(rules.allows(TransportAddress.ofIp("8.8.8.8", 0))).isFalse();
        assertThat(rules.allowsIp(ip("127.0.0.1"))).isTrue();
    }

    @Test
    void shouldDenyWhatIsDeniedInEveryForm() {
        // given
        PeerRules rules = any(networks("0.0.0.0/0", "::/0"), networks("9.9.9.0/24", "2001:4860::/32"));
        // then
        for (String form : new String[] {
            "9.9.9.9",
            "::ffff:9.9.9.9",
            "::9.9.9.9",
            "::ffff:0:9.9.9.9",
            "2002:909:909::1",
            "64:ff9b::9.9.9.9",
            "64:ff9b:1::9.9.9.9",
            "2001:0:909:909::",
            "2001:0:808:808:0:0:f6f6:f6f6",
            "2001:4860::8888"
        }) {
            assertThat(rules.allows(ip(form))).as(form).isFalse();
            assertThat(rules.allowsIp(ip(form))).as(form).isFalse();
        }
        assertThat(rules.allows(ip("9.9.8.9"))).isTrue();
        assertThat(rules.allows(ip("2002:909:809::1"))).isTrue();
    }

    @Test
    void shouldReachItsOwnAllocationsWhereverTheyAre() {
        PeerRules rules = any(List.of(), List.of());
        assertThat(rules.allows(RELAYED)).isTrue();
        assertThat(rules.allows(RELAYED.withPort(50_001))).isFalse();
        assertThat(rules.allows(LISTENER)).isFalse();
    }

    @Test
    void shouldNeverReachItsOwnListeners() {
        PeerRules rules = any(networks("198.51.100.0/24"), List.of());
        assertThat(rules.allows(LISTENER)).isFalse();
        assertThat(rules.allows(LISTENER.withPort(3479))).isTrue();
    }
}
