package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthBucketTest {
    private static final long SECOND = 1_000_000_000;

    private static long drain(BandwidthMeter meter, int wanted, long now) {
        long all = 0;
        for (long taken = meter.take(wanted, now); taken > 0; taken = meter.take(wanted, now)) {
            assertThat(taken).isGreaterThanOrEqualTo(wanted);
            all += taken;
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MIN_VALUE / 2, -SECOND, Long.MAX_VALUE / 2})
    void shouldGiveTheBurstAndThenTheRate(long start) {
        // given
        BandwidthBucket bucket = new BandwidthBucket(1_000_000, 500_000, start);
        // when
        long burst = drain(bucket, 1_000, start);
        long rate = 0;
        for (int step = 1; step <= 1_000; step++) {
            rate += drain(bucket, 1_000, start + step * SECOND / 100);
        }
        // then
        assertThat(burst).isBetween(499_000L, 500_000L);
        assertThat(rate).isBetween(9_998_000L, 10_001_000L);
    }

    @Test
    void shouldGiveASliceWhileThereIsOneAndThenJustThePacket() {
        // given
        BandwidthBucket bucket = new BandwidthBucket(1_000_000, 65_536, 0);
        // then
        assertThat(bucket.take(1_200, 0)).isEqualTo(20_000);
        assertThat(bucket.take(40_000, 0)).isEqualTo(40_000);
        assertThat(bucket.take(1_200, 0)).isEqualTo(1_200);
        assertThat(bucket.take(60_000, 0)).isZero();
    }

    @Test
    void shouldNotGatherMoreThanTheBurst() {
        BandwidthBucket bucket = new BandwidthBucket(1_000_000, 100_000, 0);
        assertThat(drain(bucket, 1_000, 3_600 * SECOND)).isBetween(99_000L, 100_000L);
    }

    @Test
    void shouldLetTheLongestPacketThroughTheSlowestBucket() {
        BandwidthBucket bucket = new BandwidthBucket(1, 65_536, 0);
        assertThat(bucket.take(65_535, 0)).isEqualTo(65_535);
        assertThat(bucket.take(10, 5 * SECOND)).isZero();
        assertThat(bucket.take(10, 10 * SECOND)).isEqualTo(10);
    }

    @Test
    void shouldGiveWhatBothHave() {
        // given
        BandwidthBucket user = new BandwidthBucket(1_000_000, 100_000, 0);
        BandwidthBucket source = new BandwidthBucket(10_000_000, 70_000, 0);
        // when
        long taken = drain(BandwidthBucket.both(user, source), 1_000, 0);
        // then
        assertThat(taken).isBetween(69_000L, 70_000L);
        assertThat(drain(user, 1_000, 0)).isBetween(29_000L, 31_000L);
    }

    @Test
    void shouldGiveNoMoreToManyThreadsThanToOne() throws Exception {
        // given
        BandwidthBucket bucket = new BandwidthBucket(100_000_000, 10_000_000, 0);
        AtomicLong taken = new AtomicLong();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        // when
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> taken.addAndGet(drain(bucket, 1_000, 0)));
        }
        threads.shutdown();
        // then
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(taken.get()).isBetween(9_999_000L, 10_000_000L);
    }

    @Test
    void shouldRefuseLimitsThatLetNothingThrough() {
        assertThatThrownBy(() -> new BandwidthBucket(0, 65_536, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BandwidthBucket(1, 65_535, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BandwidthBucket((1L << 40) + 1, 65_536, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
