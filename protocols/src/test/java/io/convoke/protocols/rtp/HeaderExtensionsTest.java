package io.convoke.protocols.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HeaderExtensionsTest {
    private static final String HEADER = "90600001" + "00000000" + "00000001";

    private static String find(String extensionBlock, int id) {
        byte[] packet = HexFormat.of().parseHex("00" + HEADER + extensionBlock + "ffff");
        long found = HeaderExtensions.find(packet, 1, packet.length - 1, id);
        if (found == HeaderExtensions.NONE) {
            return "none";
        }
        int at = HeaderExtensions.offset(found);
        return HexFormat.of().formatHex(packet, at, at + HeaderExtensions.length(found));
    }

    @Test
    void shouldFindElementsOfTheOneByteForm() {
        // given: id 1 of one byte, two bytes of padding, id 3 of three bytes, one byte of padding
        String block = "bede0002" + "1085" + "0000" + "32aabbcc";
        // then
        assertThat(find(block, 1)).isEqualTo("85");
        assertThat(find(block, 3)).isEqualTo("aabbcc");
        assertThat(find(block, 2)).isEqualTo("none");
        assertThat(find(block, 0)).isEqualTo("none");
    }

    @Test
    void shouldFindElementsOfTheTwoByteForm() {
        // given: id 1 empty, padding, id 200 of four bytes
        String block = "10050002" + "0100" + "00" + "c804" + "01020304".substring(0, 6);
        // then: the last element runs over the end of the block
        assertThat(find(block, 1)).isEmpty();
        assertThat(find(block, 200)).isEqualTo("none");
        assertThat(find("10050002" + "0100" + "c804" + "01020304", 200)).isEqualTo("01020304");
    }

    @Test
    void shouldStopAtTheReservedIdOfTheOneByteForm() {
        assertThat(find("bede0001" + "f0" + "1085" + "00", 1)).isEqualTo("none");
    }

    @Test
    void shouldStopAtPaddingThatClaimsALength() {
        assertThat(find("bede0001" + "01" + "1085" + "00", 1)).isEqualTo("none");
    }

    @Test
    void shouldNotReadAnElementThatRunsOverItsBlock() {
        assertThat(find("bede0001" + "13010203", 1)).isEqualTo("none");
    }

    @Test
    void shouldIgnoreOtherProfilesAndPacketsWithoutExtensions() {
        // given
        byte[] plain = HexFormat.of().parseHex("80600001" + "00000000" + "00000001" + "bede0001" + "10850000");
        // then
        assertThat(find("12340001" + "10850000", 1)).isEqualTo("none");
        assertThat(HeaderExtensions.find(plain, 0, plain.length, 1)).isEqualTo(HeaderExtensions.NONE);
    }

    @Test
    void shouldSplitTheAudioLevelByte() {
        assertThat(AudioLevel.dbov((byte) 0x85)).isEqualTo(5);
        assertThat(AudioLevel.voice((byte) 0x85)).isTrue();
        assertThat(AudioLevel.dbov((byte) 0x7F)).isEqualTo(AudioLevel.SILENCE);
        assertThat(AudioLevel.voice((byte) 0x7F)).isFalse();
    }
}
