package io.convoke.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortRangeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void shouldDrawPortsByLotAndFindTheLastFreeOne() {
        // given
        PortRange range = new PortRange(new RelayAddress(LOOPBACK, LOOPBACK), 101, 108);
        Random random = new Random(4);
        Set<Integer> taken = new HashSet<>();

        // when
        assertThat(range.takePair(random) % 2).isZero();
        for (int i = 0; i < 6; i++) {
            taken.add(range.take(random, false));
        }

        // then
        assertThat(taken).hasSize(6).allMatch(port -> port >= 101 && port <= 108);
        assertThat(range.take(random, false)).isEqualTo(PortRange.NONE);
        assertThat(range.takePair(random)).isEqualTo(PortRange.NONE);
        range.free(108);
        assertThat(range.take(random, true)).isEqualTo(taken.contains(108) ? 108 : PortRange.NONE);
    }
}
