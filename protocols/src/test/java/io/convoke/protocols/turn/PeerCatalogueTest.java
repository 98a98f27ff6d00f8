package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.wire.BigEndian;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue of peers nobody may reach through a relay for general use, unless they are listed. */
class PeerCatalogueTest {
    private static final PeerRules RULES = PeerRules.any(List.of(), List.of(), List.of(), LiveRelays.NONE);

    /** First and last address of each range that is not public. */
    private static final List<String> IPV4 = List.of(
            "0.0.0.0",
            "0.0.0.1",
            "0.255.255.255",
            "10.0.0.0",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.0",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.0.0",
            "169.254.169.254",
            "169.254.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.0.0.0",
            "192.0.0.170",
            "192.0.0.255",
            "192.0.2.0",
            "192.0.2.255",
            "192.88.99.0",
            "192.88.99.255",
            "192.168.0.0",
            "192.168.1.1",
            "192.168.255.255",
            "198.18.0.0",
            "198.19.255.255",
            "198.51.100.0",
            "198.51.100.255",
            "203.0.113.0",
            "203.0.113.255",
            "224.0.0.0",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.0",
            "255.255.255.254",
            "255.255.255.255");

    /** The neighbours of these ranges, and a few well-known ones. */
    private static final List<String> PUBLIC_IPV4 = List.of(
            "1.0.0.0",
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "191.255.255.255",
            "192.0.1.0",
            "192.0.3.0",
            "192.88.98.255",
            "192.88.100.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "198.51.99.255",
            "198.51.101.0",
            "203.0.112.255",
            "203.0.114.0",
            "223.255.255.255");

    private static TransportAddress ip(String text) {
        TransportAddress address = TransportAddress.ofIp(text, 40_000);
        assertThat(address).as(text).isNotNull();
        return address;
    }

    private static boolean isReachable(TransportAddress peer) {
        boolean reachable = RULES.allows(peer);
        assertThat(RULES.allowsIp(peer)).as("%s", peer).isEqualTo(reachable);
        return reachable;
    }

    /** Every IPv6 address that leads to this IPv4 address somewhere. */
    private static List<TransportAddress> forms(String ipv4) {
        long v4 = ip(ipv4).low() & 0xFFFF_FFFFL;
        List<TransportAddress> forms = new ArrayList<>();
        forms.add(ip("::ffff:" + ipv4)); // mapped
        forms.add(ip("64:ff9b::" + ipv4)); // NAT64, well-known prefix
        forms.add(new TransportAddress(0x2002L << 48 | v4 << 16, 0, 40_000)); // 6to4
        forms.add(new TransportAddress(0x2002L << 48 | v4 << 16 | 1, 0x0202_00FF_FE00_0001L, 40_000));
        long publicServer = 0x2001_0000L << 32 | 0x0808_0808L;
        forms.add(
                new TransportAddress(publicServer, 0x8000_0000L << 32 | (~v4 & 0xFFFF_FFFFL), 40_000)); // Teredo client
        forms.add(new TransportAddress(
                0x2001_0000L << 32 | v4, 0x8000_0000L << 32 | 0xF7F7_F7F7L, 40_000)); // Teredo server
        return forms;
    }

    /** Forms of which no address is for the public Internet, whatever they embed. */
    private static List<TransportAddress> withdrawnForms(String ipv4) {
        long v4 = ip(ipv4).low() & 0xFFFF_FFFFL;
        long local = 0x0064_FF9B_0001L << 16;
        return List.of(
                ip("::" + ipv4), // compatible
                ip("::ffff:0:" + ipv4), // translated
                ip("64:ff9b:1::" + ipv4), // NAT64, local prefix of 96 bits
                new TransportAddress(local, v4 << 24, 40_000), // of 64
                new TransportAddress(local | v4 >>> 24, (v4 & 0xFF_FFFF) << 32, 40_000), // of 56
                new TransportAddress(local | v4 >>> 16, (v4 & 0xFFFF) << 40, 40_000)); // of 48
    }

    static Stream<String> special() {
        return IPV4.stream();
    }

    static Stream<String> open() {
        return PUBLIC_IPV4.stream();
    }

    @ParameterizedTest
    @MethodSource("special")
    void shouldNotReachWhatIsNotPublicInAnyForm(String ipv4) {
        assertThat(isReachable(ip(ipv4))).isFalse();
        for (TransportAddress form : forms(ipv4)) {
            assertThat(isReachable(form)).as("%s as %s", ipv4, form).isFalse();
        }
        for (TransportAddress form : withdrawnForms(ipv4)) {
            assertThat(isReachable(form)).as("%s as %s", ipv4, form).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("open")
    void shouldReachWhatIsPublic(String ipv4) {
        assertThat(isReachable(ip(ipv4))).isTrue();
        for (TransportAddress form : forms(ipv4)) {
            assertThat(isReachable(form)).as("%s as %s", ipv4, form).isTrue();
        }
        for (TransportAddress form : withdrawnForms(ipv4)) {
            assertThat(isReachable(form)).as("%s as %s", ipv4, form).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("special")
    void shouldDenyTheLocalTranslatorsFormsEvenWhereItsPrefixIsAllowed(String ipv4) {
        // given
        PeerRules rules = PeerRules.any(
                List.of(IpNetwork.parse("64:ff9b:1::/48"), IpNetwork.parse("::/96")),
                List.of(IpNetwork.parse(ipv4)),
                List.of(),
                LiveRelays.NONE);
        // then
        for (TransportAddress form : withdrawnForms(ipv4)) {
            assertThat(rules.allows(form)).as("%s as %s", ipv4, form).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "::2",
                "100::",
                "100::1",
                "1::",
                "1fff:ffff::",
                "2001:2::1",
                "2001:10::1",
                "2001:1f:ffff::",
                "2001:20::1",
                "2001:2f::1",
                "2001:30::1",
                "2001:db8::",
                "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
                "3ffe::1",
                "3fff::1",
                "3fff:fff::1",
                "4000::",
                "5f00::1",
                "64:ff9b:1::",
                "64:ff9b:1:ffff::1",
                "64:ff9b:0:1::1",
                "64:ff9b:2::1",
                "fc00::",
                "fc00::1",
                "fd00:ec2::254",
                "fdff:ffff::1",
                "fe00::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "feff::1",
                "ff00::",
                "ff01::1",
                "ff02::1",
                "ff02::fb",
                "ff05::2",
                "ff0e::1",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
            })
    void shouldNotReachOtherIpv6(String text) {
        assertThat(isReachable(ip(text))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000::",
                "2001:200::1",
                "2001:4860:4860::8888",
                "2001:db7:ffff::1",
                "2001:db9::",
                "2001:40::1",
                "2003::1",
                "2606:4700:4700::1111",
                "2a00:1450:4001::1",
                "3ffd::1",
                "3fff:1000::1",
                "2001:1::1"
            })
    void shouldReachPublicIpv6(String text) {
        assertThat(isReachable(ip(text))).isTrue();
    }

    @Test
    void shouldJudgeEveryIpv4AddressLikeItsRange() {
        // given: a walk over all of IPv4 in steps that meet every /16 and every last byte
        for (long value = 0; value < 1L << 32; value += 4_099) {
            int v4 = (int) value;
            // then
            assertThat(RULES.allows(TransportAddress.ipv4(v4, 9))).isEqualTo(isPublic(v4));
        }
    }

    /** The same list, written once more as a person would say it. */
    private static boolean isPublic(int v4) {
        byte[] b = new byte[4];
        BigEndian.put32(b, 0, v4);
        int first = BigEndian.u8(b, 0);
        int second = BigEndian.u8(b, 1);
        int third = BigEndian.u8(b, 2);
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }
}
