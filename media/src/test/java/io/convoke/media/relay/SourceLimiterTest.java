package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SourceLimiterTest {
    private final SourceLimiter limiter = new SourceLimiter(2, 99);

    @Test
    void shouldAdmitEachSourceItsShare() throws Exception {
        // given
        InetAddress one = InetAddress.getByName("192.0.2.1");
        InetAddress other = InetAddress.getByName("2001:db8::2");

        // when / then
        assertThat(limiter.admits(one, 0)).isTrue();
        assertThat(limiter.admits(one, 1)).isTrue();
        assertThat(limiter.admits(one, 2)).isFalse();
        assertThat(limiter.admits(other, 3)).isTrue();
    }

    @Test
    void shouldBeginAnewEachSecond() throws Exception {
        // given
        InetAddress one = InetAddress.getByName("192.0.2.1");
        limiter.admits(one, 0);
        limiter.admits(one, 0);

        // when / then
        assertThat(limiter.admits(one, 999_999_999)).isFalse();
        assertThat(limiter.admits(one, 1_000_000_000)).isTrue();
    }
}
