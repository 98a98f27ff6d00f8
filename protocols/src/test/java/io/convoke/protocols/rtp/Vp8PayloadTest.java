package io.convoke.protocols.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Vp8PayloadTest {
    private static boolean startsKeyframe(String hex) {
        byte[] payload = HexFormat.of().parseHex("ff" + hex);
        return Vp8Payload.startsKeyframe(payload, 1, payload.length - 1);
    }

    @Test
    void shouldSeeAKeyFrameBehindEveryDescriptorForm() {
        assertThat(startsKeyframe("10" + "50")).as("one byte").isTrue();
        assertThat(startsKeyframe("90" + "00" + "50")).as("X without fields").isTrue();
        assertThat(startsKeyframe("90" + "80" + "7f" + "50"))
                .as("short picture id")
                .isTrue();
        assertThat(startsKeyframe("90" + "80" + "81ff" + "50"))
                .as("long picture id")
                .isTrue();
        assertThat(startsKeyframe("90" + "e0" + "81ff" + "01" + "40" + "50"))
                .as("I L T")
                .isTrue();
        assertThat(startsKeyframe("90" + "f0" + "81ff" + "01" + "40" + "50"))
                .as("I L T K share a byte")
                .isTrue();
        assertThat(startsKeyframe("90" + "10" + "05" + "50")).as("K alone").isTrue();
    }

    @Test
    void shouldNotTakeOtherPacketsForAKeyFrame() {
        assertThat(startsKeyframe("10" + "51")).as("inter frame").isFalse();
        assertThat(startsKeyframe("00" + "50"))
                .as("not the start of a partition")
                .isFalse();
        assertThat(startsKeyframe("11" + "50")).as("second partition").isFalse();
    }

    @Test
    void shouldNotReadBeyondATruncatedDescriptor() {
        // given
        String whole = "90" + "f0" + "81ff" + "01" + "40" + "50";
        // then
        for (int length = 0; length < whole.length() - 2; length += 2) {
            assertThat(startsKeyframe(whole.substring(0, length)))
                    .as("%d", length)
                    .isFalse();
        }
    }
}
