package io.convoke.media.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void shouldTakeABurstAtOnceAndTheRestAtTheRate() {
        // given
        Pace pace = new Pace(10, 5, 0);

        // when, then
        for (int i = 0; i < 5; i++) {
            assertThat(pace.take(0)).isLessThanOrEqualTo(0);
        }
        assertThat(pace.take(0)).isEqualTo(SECOND / 10);
        assertThat(pace.take(0)).isEqualTo(SECOND / 5);
    }

    @Test
    void shouldGiveNoMoreThanOneBurstForALongSilence() {
        // given
        Pace pace = new Pace(10, 5, 0);
        long later = 1000 * SECOND;

        // when
        for (int i = 0; i < 5; i++) {
            pace.take(later);
        }

        // then
        assertThat(pace.take(later)).isEqualTo(later + SECOND / 10);
    }
}
