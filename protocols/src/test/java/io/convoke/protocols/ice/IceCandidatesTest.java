package io.convoke.protocols.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceCandidatesTest {
    @Test
    void shouldPreferTheFirstAddressAndShareFoundationsPerHost() {
        assertThat(IceCandidates.hostLines(List.of(
                        new InetSocketAddress("192.0.2.1", 5000),
                        new InetSocketAddress("2001:db8::1", 5000),
                        new InetSocketAddress("192.0.2.1", 5001))))
                .containsExactly(
                        "candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host",
                        "candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:1 5000 typ host",
                        "candidate:1 1 udp 2130705919 192.0.2.1 5001 typ host");
    }

    @Test
    void shouldRefuseNames() {
        assertThatThrownBy(() -> IceCandidates.hostLines(List.of(InetSocketAddress.createUnresolved("a.example", 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
