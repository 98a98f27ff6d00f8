package io.convoke.media.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelTest {
    private static final long SECOND = 1_000_000_000;

    private final Wheel wheel = new Wheel(0);
    private final List<Long> told = new ArrayList<>();

    private final class Timer implements Wheel.Due {
        private long deadlineNanos;

        private Timer(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public long deadlineNanos() {
            return deadlineNanos;
        }

        @Override
        public void handleTimeout(long nowNanos) {
            told.add(nowNanos);
            deadlineNanos = Long.MAX_VALUE;
        }
    }

    @Test
    void shouldTellOnceAndNotTooEarly() {
        // given
        wheel.watch(new Wheel.Entry(new Timer(3 * SECOND)));

        // when
        for (long now = 0; now <= 10 * SECOND; now += Wheel.TICK_NANOS) {
            wheel.advance(now);
        }

        // then
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).isBetween(3 * SECOND, 3 * SECOND + 2 * Wheel.TICK_NANOS);
    }

    @Test
    void shouldReachDeadlinesBeyondItsTurn() {
        // given
        wheel.watch(new Wheel.Entry(new Timer(600 * SECOND)));

        // when
        for (long now = 0; now <= 599 * SECOND; now += Wheel.TICK_NANOS) {
            wheel.advance(now);
        }

        // then
        assertThat(told).isEmpty();
        wheel.advance(601 * SECOND);
        assertThat(told).containsExactly(601 * SECOND);
    }

    @Test
    void shouldFollowADeadlineThatMoves() {
        // given
        Timer timer = new Timer(5 * SECOND);
        Wheel.Entry entry = new Wheel.Entry(timer);
        wheel.watch(entry);

        // when
        timer.deadlineNanos = 8 * SECOND;
        wheel.advance(7 * SECOND);

        // then
        assertThat(told).isEmpty();
        timer.deadlineNanos = 7 * SECOND + SECOND / 2;
        wheel.watch(entry);
        wheel.advance(7 * SECOND + SECOND / 2 + 2 * Wheel.TICK_NANOS);
        assertThat(told).hasSize(1);
    }

    @Test
    void shouldForgetWhatIsRemoved() {
        // given
        Wheel.Entry first = new Wheel.Entry(new Timer(SECOND));
        Wheel.Entry second = new Wheel.Entry(new Timer(SECOND));
        wheel.watch(first);
        wheel.watch(second);

        // when
        wheel.remove(first);
        wheel.advance(2 * SECOND);

        // then
        assertThat(told).hasSize(1);
    }
}
