package io.convoke.protocols.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketIndexTest {
    @Test
    void shouldPickTheClosestCycle() {
        assertThat(PacketIndex.closest(0x1_FFFE, 0x0001)).isEqualTo(0x2_0001);
        assertThat(PacketIndex.closest(0x2_0001, 0xFFFE)).isEqualTo(0x1_FFFE);
        assertThat(PacketIndex.closest(0x2_1000, 0x0FFF)).isEqualTo(0x2_0FFF);
        assertThat(PacketIndex.closest(5, 0xFFFF)).isNegative();
    }

    @Test
    void shouldFollowTheStandardAtExactlyHalfACycle() {
        // RFC 3711 appendix A: below half a cycle the distance counts forward, above it back
        assertThat(PacketIndex.closest(0x1_0000, 0x8000)).isEqualTo(0x1_8000);
        assertThat(PacketIndex.closest(0x1_8000, 0x0000)).isEqualTo(0x1_0000);
    }
}
