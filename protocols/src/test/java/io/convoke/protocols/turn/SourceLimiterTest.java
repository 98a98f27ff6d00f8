package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SourceLimiterTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final SourceLimiter limiter = new SourceLimiter(new TurnLimits.AnonymousRate(10, 30), 4711);

    private int admitted(String ip, int tries, long nowNanos) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) {
            admitted += limiter.admits(TestRelay.address(ip, 1 + i), nowNanos) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void shouldAdmitABurstThenTheRate() {
        // given
        long now = Long.MAX_VALUE - SECOND;
        // when / then
        assertThat(admitted("192.0.2.1", 100, now)).isEqualTo(30);
        assertThat(admitted("192.0.2.1", 100, now + SECOND)).isEqualTo(10);
        assertThat(admitted("192.0.2.1", 100, now + 3 * SECOND)).isEqualTo(20);
        assertThat(admitted("192.0.2.1", 100, now + 1000 * SECOND)).isEqualTo(30);
    }

    @Test
    void shouldCountAnIpv6NetworkAsOneSource() {
        // when / then
        assertThat(admitted("2001:db8:0:1::1", 20, 0)).isEqualTo(20);
        assertThat(admitted("2001:db8:0:1:ffff::2", 20, 0)).isEqualTo(10);
        assertThat(admitted("2001:db8:0:2::1", 20, 0)).isEqualTo(20);
    }

    @Test
    void shouldKeepAFloodOfSpoofedSourcesFromMostOthers() {
        // given
        for (int i = 0; i < 100_000; i++) {
            limiter.admits(TransportAddress.ipv4(i * 0x9E3779B1, 1), 0);
        }
        // when: all places have seen some; a second later most have room again
        int admitted = 0;
        for (int i = 0; i < 1000; i++) {
            admitted += limiter.admits(TransportAddress.ipv4(0xC0000000 | i, 1), SECOND) ? 1 : 0;
        }
        // then
        assertThat(admitted).isGreaterThan(990);
    }
}
