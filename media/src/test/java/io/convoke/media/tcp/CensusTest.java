package io.convoke.media.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class CensusTest {
    @Test
    void shouldCountInAllAndBySource() throws Exception {
        // given
        Census census = new Census(3, 2);
        InetAddress one = InetAddress.getByName("192.0.2.1");
        InetAddress other = InetAddress.getByName("192.0.2.2");

        // when, then
        assertThat(census.enter(one)).isTrue();
        assertThat(census.enter(one)).isTrue();
        assertThat(census.enter(one)).isFalse();
        assertThat(census.enter(other)).isTrue();
        assertThat(census.enter(other)).isFalse();
        census.leave(one);
        assertThat(census.enter(other)).isTrue();
        assertThat(census.count()).isEqualTo(3);
    }

    @Test
    void shouldTakeANetworkOfIpv6ForOneSource() throws Exception {
        // given
        Census census = new Census(10, 1);

        // when, then
        assertThat(census.enter(InetAddress.getByName("2001:db8:0:1::1"))).isTrue();
        assertThat(census.enter(InetAddress.getByName("2001:db8:0:1::2"))).isFalse();
        assertThat(census.enter(InetAddress.getByName("2001:db8:0:2::1"))).isTrue();
    }
}
