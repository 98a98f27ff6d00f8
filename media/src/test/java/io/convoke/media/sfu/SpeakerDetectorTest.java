package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpeakerDetectorTest {
    private final Talker anna = new Talker(new UUID(0, 1));
    private final Talker ben = new Talker(new UUID(0, 2));
    private final SpeakerDetector detector = new SpeakerDetector();

    @Test
    void shouldTellWhoSpeaksAfterTwoEvaluations() {
        // when
        @Nullable List<UUID> first = evaluate(20, 127);
        @Nullable List<UUID> second = evaluate(20, 127);
        @Nullable List<UUID> third = evaluate(20, 127);

        // then
        assertThat(first).isNull();
        assertThat(second).containsExactly(anna.participant);
        assertThat(third).isNull();
    }

    @Test
    void shouldNotTakeACoughForSpeech() {
        // given
        evaluate(10, 127);

        // when / then
        for (int i = 0; i < 10; i++) {
            assertThat(evaluate(127, 127)).isNull();
        }
    }

    @Test
    void shouldBridgeAPauseForBreath() {
        // given
        evaluate(20, 127);
        evaluate(20, 127);

        // when / then
        assertThat(evaluate(127, 127)).isNull();
        assertThat(evaluate(127, 127)).isNull();
        assertThat(evaluate(20, 127)).isNull();
    }

    @Test
    void shouldTellWhenSilenceLasts() {
        // given
        evaluate(20, 127);
        evaluate(20, 127);

        // when
        List<UUID> last = List.of(anna.participant);
        for (int i = 0; i < 12; i++) {
            List<UUID> told = evaluate(127, 127);
            last = told == null ? last : told;
        }

        // then
        assertThat(last).isEmpty();
    }

    @Test
    void shouldPutTheLoudestFirstOnlyOverAClearDifference() {
        // given
        evaluate(30, 127);
        evaluate(30, 127);
        evaluate(30, 28);

        // when / then
        assertThat(evaluate(30, 28)).containsExactly(anna.participant, ben.participant);
        assertThat(evaluate(30, 28)).isNull();
        assertThat(evaluate(30, 10)).containsExactly(ben.participant, anna.participant);
    }

    @Test
    void shouldForgetWhoIsGone() {
        // given
        evaluate(30, 30);
        evaluate(30, 30);

        // when
        ben.heard(30);
        List<UUID> told = detector.evaluate(List.of(ben));

        // then
        assertThat(told).containsExactly(ben.participant);
    }

    private @Nullable List<UUID> evaluate(int annaDbov, int benDbov) {
        anna.heard(annaDbov);
        ben.heard(benDbov);
        return detector.evaluate(List.of(anna, ben));
    }
}
