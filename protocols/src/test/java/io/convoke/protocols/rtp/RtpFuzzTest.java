package io.convoke.protocols.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class RtpFuzzTest {
    /** Whatever arrives, an element found lies within the packet's extension block. */
    @FuzzTest
    void shouldFindExtensionsOnlyWithinTheirBlock(byte[] bytes) {
        int header = RtpHeader.lengthBytes(bytes, 0, bytes.length);
        for (int id = 0; id < 256; id++) {
            long found = HeaderExtensions.find(bytes, 0, bytes.length, id);
            if (found != HeaderExtensions.NONE) {
                assertThat(HeaderExtensions.offset(found)).isBetween(16, header);
                assertThat(HeaderExtensions.offset(found) + HeaderExtensions.length(found))
                        .isLessThanOrEqualTo(header);
            }
        }
    }

    /** Whatever arrives, its lengths add up, and dropping the extensions leaves the payload as it was. */
    @FuzzTest
    void shouldKeepLengthsWithinThePacket(byte[] bytes) {
        int header = RtpHeader.lengthBytes(bytes, 0, bytes.length);
        int length = RtpHeader.withoutExtensions(bytes, 0, bytes.length, new byte[bytes.length], 0);
        if (header == RtpHeader.MALFORMED) {
            assertThat(length).isEqualTo(RtpHeader.MALFORMED);
            return;
        }
        assertThat(header).isBetween(RtpHeader.FIXED_BYTES, bytes.length);
        assertThat(RtpHeader.paddingBytes(bytes, 0, bytes.length)).isLessThanOrEqualTo(bytes.length - header);
        assertThat(length).isBetween(bytes.length - header + RtpHeader.FIXED_BYTES, bytes.length);
        Vp8Payload.startsKeyframe(bytes, header, bytes.length - header);
    }
}
