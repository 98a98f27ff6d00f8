package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportAddressTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    192.0.2.1,                192.0.2.1:3478
                    255.255.255.255,          255.255.255.255:3478
                    0.0.0.0,                  0.0.0.0:3478
                    ::,                       [::]:3478
                    ::1,                      [::1]:3478
                    1::,                      [1::]:3478
                    2001:db8::1,              [2001:db8::1]:3478
                    2001:db8:0:0:1:0:0:1,     [2001:db8::1:0:0:1]:3478
                    2001:db8:0:1:1:1:1:1,     [2001:db8:0:1:1:1:1:1]:3478
                    1:0:0:2:0:0:0:3,          [1:0:0:2::3]:3478
                    1:2:3:4:5:6:7:8,          [1:2:3:4:5:6:7:8]:3478
                    0:0:3:4:5:6:7:8,          [::3:4:5:6:7:8]:3478
                    1:2:3:4:5:6:0:0,          [1:2:3:4:5:6::]:3478
                    """)
    void shouldWriteTheShortForm(String ip, String text) throws Exception {
        // given
        InetSocketAddress socketAddress = new InetSocketAddress(InetAddress.getByName(ip), 3478);
        // when
        TransportAddress address = TransportAddress.of(socketAddress);
        // then
        assertThat(address).hasToString(text);
        assertThat(address.toSocketAddress()).isEqualTo(socketAddress);
        assertThat(TransportAddress.of(address.ipBytes(), address.ipBytes().length, 3478))
                .isEqualTo(address);
    }

    @Test
    void shouldTakeBothFormsOfAnIpv4AddressAsOne() {
        // given
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
        // when
        TransportAddress address = TransportAddress.of(mapped, 16, 9);
        // then
        assertThat(address).isEqualTo(TransportAddress.of(new byte[] {(byte) 192, 0, 2, 1}, 4, 9));
        assertThat(address).isEqualTo(TransportAddress.ipv4(0xC0000201, 9));
        assertThat(address.isIpv4()).isTrue();
        assertThat(address.toSocketAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 9));
        assertThat(address.isSameIp(address.withPort(10))).isTrue();
        assertThat(address).isNotEqualTo(address.withPort(10));
    }

    @Test
    void shouldRefuseWhatIsNoAddress() {
        assertThatThrownBy(() -> TransportAddress.of(new byte[5], 5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransportAddress.of(InetSocketAddress.createUnresolved("host", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
