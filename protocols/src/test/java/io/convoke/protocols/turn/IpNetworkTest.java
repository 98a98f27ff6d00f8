package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "10.0.0.0/8, ::ffff:10.1.2.3, 10::",
        "192.0.2.1, 192.0.2.1, 192.0.2.2",
        "192.0.2.1/32, 192.0.2.1, 192.0.2.0",
        "0.0.0.0/0, 255.255.255.255, ::1",
        "::/0, ffff::, 192.0.2.1",
        "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::",
        "fe80::/10, febf::1, fec0::",
        "2001:db8::1, 2001:db8::1, 2001:db8::2",
        "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1, 2001:db8::1",
        "::ffff:10.0.0.0/104, 10.9.9.9, 11.0.0.0",
        "::/96, ::10.0.0.1, 10.0.0.1"
    })
    void shouldHoldItsAddresses(String network, String inside, String outside) {
        IpNetwork parsed = IpNetwork.parse(network);
        TransportAddress in = TransportAddress.ofIp(inside, 0);
        TransportAddress out = TransportAddress.ofIp(outside, 0);
        assertThat(parsed.contains(in.high(), in.low())).isTrue();
        assertThat(parsed.contains(out.high(), out.low())).isFalse();
        assertThat(IpNetwork.parse(parsed.toString())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "localhost",
                "10.0.0.0.0/8",
                "10.0.0/8",
                "10.0.0.256/32",
                "010.0.0.0/8",
                "10.0.0.-1",
                "10..0.0",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:1.2.3.4",
                "12345::",
                "g::",
                "fe80::1%eth0",
                "[::1]",
                "1.2.3.4::",
                "::1.2.3",
                ":1",
                "1:",
                " 10.0.0.0/8",
                "1:2:3:4::5:6:7:8",
                "\u0661.1.1.1"
            })
    void shouldSayThatItIsNoNetwork(String text) {
        assertThatThrownBy(() -> IpNetwork.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a network such as 10.0.0.0/8 or 2001:db8::/32, but got \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/0x8",
                "10.0.0.0/00008"
            })
    void shouldSayThatThePrefixIsWrong(String text) {
        assertThatThrownBy(() -> IpNetwork.parse(text))
                .hasMessage("Expected a prefix of 0 to 32 bits, but got \"" + text + "\"");
    }

    @Test
    void shouldSayWhichNetworkWasMeant() {
        assertThatThrownBy(() -> IpNetwork.parse("10.0.0.1/8"))
                .hasMessage("Expected no bits behind the prefix, as in 10.0.0.0/8, but got \"10.0.0.1/8\"");
        assertThatThrownBy(() -> IpNetwork.parse("2001:db8::1/32")).hasMessageContaining("2001:db8::/32");
        assertThatThrownBy(() -> IpNetwork.parse("::/129")).hasMessageContaining("0 to 128 bits");
    }
}
