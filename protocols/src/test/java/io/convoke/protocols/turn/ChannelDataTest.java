package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelDataTest {
    /** Channel 0x4001, five bytes of data, filled up to twelve. */
    private static final byte[] MESSAGE = HexFormat.of().parseHex("4001" + "0005" + "48656c6c6f" + "000000");

    @Test
    void shouldReadAndWriteTheHeader() {
        // when
        byte[] bytes = Arrays.copyOf(MESSAGE, MESSAGE.length);
        ChannelData.writeHeader(bytes, 0, 0x4001, 5);
        // then
        assertThat(bytes).isEqualTo(MESSAGE);
        assertThat(ChannelData.number(bytes, 0, bytes.length)).isEqualTo(0x4001);
        assertThat(ChannelData.dataLength(bytes, 0)).isEqualTo(5);
    }

    @Test
    void shouldRejectEveryPrefixThatLacksData() {
        for (int length = 0; length <= MESSAGE.length; length++) {
            assertThat(ChannelData.number(MESSAGE, 0, length)).isEqualTo(length < 9 ? -1 : 0x4001);
        }
    }

    /** What RFC 8656 reserves, 0x5000 to 0x7FFF, was a channel's in RFC 5766: whether it may be bound is not decided here. */
    @ParameterizedTest
    @CsvSource({
        "0000, -1",
        "0001, -1",
        "3fff, -1",
        "4000, 16384",
        "4fff, 20479",
        "5000, 20480",
        "7fff, 32767",
        "8000, -1",
        "ffff, -1"
    })
    void shouldRejectWhatIsNoNumber(String number, int expected) {
        byte[] bytes = HexFormat.of().parseHex(number + "0000");
        assertThat(ChannelData.number(bytes, 0, 4)).isEqualTo(expected);
        assertThat(ChannelData.isNumber(Integer.parseInt(number, 16))).isEqualTo(expected > 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 3", "2, 2", "3, 1", "4, 0", "65535, 1"})
    void shouldFillUpToAMultipleOfFour(int dataLength, int padding) {
        assertThat(ChannelData.padding(dataLength)).isEqualTo(padding);
        assertThat(ChannelData.dataLength(ChannelData.header(0x4FFF, dataLength)))
                .isEqualTo(dataLength);
        assertThat(ChannelData.number(ChannelData.header(0x4FFF, dataLength), 4 + dataLength))
                .isEqualTo(0x4FFF);
    }
}
