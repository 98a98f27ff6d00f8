package io.convoke.protocols.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordAlgorithmsTest {
    private final PasswordAlgorithms offer =
            new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA256, PasswordAlgorithm.MD5));

    @Test
    void shouldWriteTheOffer() {
        // when
        byte[] bytes = offer.addTo(StunWriter.begin(StunType.errorOf(StunType.ALLOCATE_REQUEST), new byte[12]))
                .finish();
        // then
        assertThat(HexFormat.of().formatHex(bytes, 20, bytes.length)).isEqualTo("80020008" + "00020000" + "00010000");
        assertThatThrownBy(() -> new PasswordAlgorithms(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** RFC 8489 §9.2.4, the five checks. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    -,                -,        MD5
                    0002000000010000, 00020000, SHA256
                    0002000000010000, 00010000, MD5
                    0002000000010000, -,        -
                    -,                00020000, -
                    00010000,         00010000, -
                    0001000000020000, 00020000, -
                    0002000000010000, 00030000, -
                    0002000000010000, 00020004, -
                    0002000000010000, 0002000400000000, -
                    0002000000010000, '',       -
                    '',               00020000, -
                    """)
    void shouldCheckWhatTheClientChose(String offered, String choice, String algorithm) {
        // given
        StunWriter writer = StunWriter.begin(StunType.ALLOCATE_REQUEST, new byte[12]);
        if (!offered.equals("-")) {
            writer.attribute(StunAttribute.PASSWORD_ALGORITHMS, HexFormat.of().parseHex(offered));
        }
        if (!choice.equals("-")) {
            writer.attribute(StunAttribute.PASSWORD_ALGORITHM, HexFormat.of().parseHex(choice));
        }
        byte[] bytes = writer.finish();
        // when
        PasswordAlgorithm chosen = offer.chosenBy(StunMessage.parse(bytes, 0, bytes.length));
        // then
        assertThat(chosen).isEqualTo(algorithm.equals("-") ? null : PasswordAlgorithm.valueOf(algorithm));
    }

    @ParameterizedTest
    @CsvSource({
        "obMatJos2AAAB, 1",
        "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA, 2",
        "obMatJos2AAAD, 3",
        "obMatJos2////, 16777215",
        "obMatJos2+aZ9, 16361085",
        "obMatJos2AAA, 0",
        "obMatJos2AA=D, 0",
        "obMatJos1AAAD, 0",
        "f//499k954d6OL34oL9FSTvy64sA, 0",
        "'', 0"
    })
    void shouldReadTheFlagsOfANonce(String nonce, int flags) {
        assertThat(NonceCookie.flags(nonce.getBytes(US_ASCII))).isEqualTo(flags);
        if (flags > 0) {
            assertThat(nonce).startsWith(NonceCookie.of(flags));
        }
    }
}
