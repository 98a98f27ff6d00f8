package io.convoke.protocols.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SequenceTrackerTest {
    private static final long MS = 1_000_000L;

    private final SequenceTracker tracker = new SequenceTracker(48_000, 16);

    private int[] due(long nowNanos) {
        int[] target = new int[64];
        return Arrays.copyOf(target, tracker.takeMissing(nowNanos, 100 * MS, 3, target));
    }

    @Test
    void shouldCountCyclesWhenTheSequenceWraps() {
        // when
        for (int i = 0; i < 10; i++) {
            tracker.received(65_530 + i, 0, 0);
        }
        // then
        assertThat(tracker.extendedHighest()).isEqualTo(0x1_0003);
        assertThat(tracker.cumulativeLost()).isZero();
        assertThat(tracker.receivedPackets()).isEqualTo(10);
    }

    @Test
    void shouldReportLossForTheIntervalAndInAll() {
        // given
        tracker.received(100, 0, 0);
        tracker.received(103, 0, 0);
        // then: two of four lost
        assertThat(tracker.cumulativeLost()).isEqualTo(2);
        assertThat(tracker.takeFractionLost()).isEqualTo(128);
        // when: an interval without loss
        tracker.received(104, 0, 0);
        // then
        assertThat(tracker.takeFractionLost()).isZero();
        assertThat(tracker.cumulativeLost()).isEqualTo(2);
    }

    @Test
    void shouldForgetALossThatArrivesLateAndNotCountDuplicates() {
        // given
        tracker.received(65_535, 0, 0);
        tracker.received(2, 0, 0);
        // then
        assertThat(due(0)).containsExactly(0, 1);
        assertThat(tracker.received(0, 0, 0)).isEqualTo(SequenceTracker.RECOVERED);
        assertThat(tracker.received(0, 0, 0)).isEqualTo(SequenceTracker.STALE);
        assertThat(tracker.received(2, 0, 0)).isEqualTo(SequenceTracker.STALE);
        assertThat(tracker.cumulativeLost()).isEqualTo(1);
        assertThat(due(200 * MS)).containsExactly(1);
    }

    @Test
    void shouldAskAgainOnlyAfterTheRetryTimeAndGiveUpInTheEnd() {
        // given
        tracker.received(1, 0, 0);
        tracker.received(3, 0, 0);
        // then
        assertThat(due(0)).containsExactly(2);
        assertThat(due(99 * MS)).isEmpty();
        assertThat(due(100 * MS)).containsExactly(2);
        assertThat(due(200 * MS)).containsExactly(2);
        assertThat(due(300 * MS)).isEmpty();
        assertThat(tracker.missingCount()).isZero();
    }

    @Test
    void shouldKeepOnlyTheNewestMissingSequencesWhenTheListIsFull() {
        // when
        tracker.received(0, 0, 0);
        tracker.received(10, 0, 0);
        tracker.received(31, 0, 0);
        // then
        assertThat(tracker.missingCount()).isEqualTo(16);
        assertThat(due(0)).startsWith(15).endsWith(30).hasSize(16);
    }

    @Test
    void shouldLeaveForTheNextCallWhatDoesNotFitTheTarget() {
        // given
        tracker.received(0, 0, 0);
        tracker.received(4, 0, 0);
        int[] two = new int[2];
        // then
        assertThat(tracker.takeMissing(0, MS, 3, two)).isEqualTo(2);
        assertThat(two).containsExactly(1, 2);
        assertThat(due(0)).containsExactly(3);
    }

    @Test
    void shouldRestartOnlyWhenTwoPacketsInARowAgreeOnTheJump() {
        // given
        tracker.received(10, 0, 0);
        // then
        assertThat(tracker.received(30_000, 0, 0)).isEqualTo(SequenceTracker.SUSPECT);
        assertThat(tracker.received(11, 0, 0)).isEqualTo(SequenceTracker.ADVANCED);
        assertThat(tracker.received(30_000, 0, 0)).isEqualTo(SequenceTracker.SUSPECT);
        assertThat(tracker.received(30_001, 0, 0)).isEqualTo(SequenceTracker.RESTARTED);
        assertThat(tracker.extendedHighest()).isEqualTo(30_001);
        assertThat(tracker.cumulativeLost()).isZero();
    }

    @Test
    void shouldMeasureJitterInTimestampUnits() {
        // given: 20 ms of audio each 20 ms has no jitter
        for (int i = 0; i < 50; i++) {
            tracker.received(i, i * 960, i * 20L * MS);
        }
        assertThat(tracker.jitter()).isZero();
        // when: packets alternate between 0 and 10 ms late (480 units)
        for (int i = 50; i < 550; i++) {
            tracker.received(i, i * 960, i * 20L * MS + i % 2 * 10L * MS);
        }
        // then
        assertThat(tracker.jitter()).isBetween(470, 480);
    }
}
