package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceRewriterTest {
    private static final long SECOND = 1_000_000_000L;

    private final SequenceRewriter rewriter = new SequenceRewriter(100, 5000, 90_000);

    @Test
    void shouldKeepDistancesWithinOneSource() {
        // given
        int first = rewriter.sequence(65_534, 1_000, 0);

        // when
        int afterWrap = rewriter.sequence(1, 4_000, SECOND / 30);

        // then
        assertThat(first).isEqualTo(100);
        assertThat(afterWrap).isEqualTo(103);
        assertThat(rewriter.timestamp(4_000) - rewriter.timestamp(1_000)).isEqualTo(3_000);
    }

    @Test
    void shouldGiveALatePacketItsOwnNumber() {
        // given
        rewriter.sequence(10, 0, 0);
        rewriter.sequence(12, 0, 0);

        // when
        int late = rewriter.sequence(11, 0, 0);

        // then
        assertThat(late).isEqualTo(101);
    }

    @Test
    void shouldGoOnBehindTheLastNumberWhenTheSourceChanges() {
        // given
        rewriter.sequence(10, 7_000, 0);
        int last = rewriter.sequence(11, 10_000, 0);
        int lastTimestamp = rewriter.timestamp(10_000);

        // when
        rewriter.restart();
        int next = rewriter.sequence(40_000, 123_456_789, 2 * SECOND);

        // then
        assertThat(next).isEqualTo(last + 1);
        assertThat(rewriter.timestamp(123_456_789) - lastTimestamp).isEqualTo(2 * 90_000);
    }

    @Test
    void shouldRefuseWhatCameBeforeTheSegment() {
        // given
        rewriter.sequence(10, 0, 0);
        rewriter.restart();
        rewriter.sequence(500, 0, SECOND);

        // when
        int before = rewriter.sequence(499, 0, SECOND);

        // then
        assertThat(before).isEqualTo(SequenceRewriter.NONE);
    }

    @Test
    void shouldFindTheSourceNumberOfWhatWasSent() {
        // given
        rewriter.sequence(65_535, 0, 0);
        int sent = rewriter.sequence(0, 0, 0);

        // when / then
        assertThat(rewriter.sourceSequence(sent)).isEqualTo(0);
        assertThat(rewriter.sourceSequence(sent - 1)).isEqualTo(65_535);
        assertThat(rewriter.sourceSequence(sent + 1)).isEqualTo(SequenceRewriter.NONE);
        assertThat(rewriter.sourceSequence(sent - 2)).isEqualTo(SequenceRewriter.NONE);
    }

    @Test
    void shouldStayContinuousOverManyWraps() {
        // given
        int expected = rewriter.sequence(0, 0, 0);

        // when / then
        for (int i = 1; i < 400_000; i++) {
            expected = (expected + 1) & 0xFFFF;
            if (rewriter.sequence(i & 0xFFFF, i, i) != expected) {
                throw new AssertionError("Expected " + expected + " for packet " + i);
            }
        }
    }
}
