package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.rtp.HeaderExtensions;
import io.convoke.protocols.rtp.RtpHeader;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class MidMarkTest {
    /** X set, one CSRC, sequence 7, two words of extension (audio level), payload 01 02 03. */
    private static final byte[] PACKET = HexFormat.of()
            .parseHex("916f0007" + "00000010" + "00000020" + "00000030" + "bede0001" + "10850000" + "010203");

    private final byte[] work = new byte[64];

    @Test
    void shouldPutTheMidInPlaceOfTheExtensions() {
        // given
        int length = MidMark.copy(PACKET, PACKET.length, work);

        // when
        MidMark.write(work, MidMark.of(3, "12"));

        // then
        assertThat(HexFormat.of().formatHex(Arrays.copyOf(work, length)))
                .isEqualTo("916f0007" + "00000010" + "00000020" + "00000030" + "bede0001" + "31313200" + "010203");
        long found = HeaderExtensions.find(work, 0, length, 3);
        assertThat(new String(work, HeaderExtensions.offset(found), HeaderExtensions.length(found)))
                .isEqualTo("12");
    }

    @Test
    void shouldAddABlockWhereThereIsNone() {
        // given
        byte[] plain = HexFormat.of().parseHex("806f0007" + "00000010" + "00000020" + "010203");

        // when
        int length = MidMark.copy(plain, plain.length, work);

        // then
        assertThat(length).isEqualTo(plain.length + 8);
        assertThat(RtpHeader.lengthBytes(work, 0, length)).isEqualTo(20);
        assertThat(Arrays.copyOfRange(work, 20, length)).containsExactly(1, 2, 3);
    }

    @Test
    void shouldLeavePaddingOnlyForAClientWithoutMidAndForALongMid() {
        assertThat(MidMark.of(-1, "0")).isEqualTo(MidMark.NONE);
        assertThat(MidMark.of(15, "0")).isEqualTo(MidMark.NONE);
        assertThat(MidMark.of(3, "audio")).isEqualTo(MidMark.NONE);
        assertThat(MidMark.of(3, "")).isEqualTo(MidMark.NONE);
    }

    @Test
    void shouldRefuseWhatIsMalformedOrTooLong() {
        assertThat(MidMark.copy(PACKET, 10, work)).isEqualTo(MidMark.MALFORMED);
        assertThat(MidMark.copy(PACKET, PACKET.length, new byte[PACKET.length - 1]))
                .isEqualTo(MidMark.MALFORMED);
    }
}
