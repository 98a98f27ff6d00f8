package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyframePolicyTest {
    private static final long GAP = KeyframePolicy.LEAST_GAP_NANOS;

    private final KeyframePolicy policy = new KeyframePolicy();

    @Test
    void shouldAskAtOnceTheFirstTime() {
        // when
        policy.want();

        // then
        assertThat(policy.due(5)).isTrue();
    }

    @Test
    void shouldNotAskTwiceWithinTheGap() {
        // given
        policy.want();
        policy.due(0);
        policy.arrived();

        // when
        policy.want();

        // then
        assertThat(policy.due(GAP - 1)).isFalse();
        assertThat(policy.due(GAP)).isTrue();
    }

    @Test
    void shouldAskAgainEverSlowerUntilOneArrives() {
        // given
        policy.want();
        policy.due(0);

        // when / then
        assertThat(policy.due(GAP - 1)).isFalse();
        assertThat(policy.due(GAP)).isTrue();
        assertThat(policy.due(2 * GAP)).isFalse();
        assertThat(policy.due(3 * GAP)).isTrue();
    }

    @Test
    void shouldStopAskingWhenOneArrived() {
        // given
        policy.want();
        policy.due(0);

        // when
        policy.arrived();

        // then
        assertThat(policy.due(100 * GAP)).isFalse();
    }
}
