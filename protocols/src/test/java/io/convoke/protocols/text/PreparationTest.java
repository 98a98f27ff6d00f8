package io.convoke.protocols.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {
    @Test
    void shouldFollowTheExamplesOfRfc4013() {
        assertThat(Saslprep.prepare("I\u00ADX")).isEqualTo("IX");
        assertThat(Saslprep.prepare("user")).isEqualTo("user");
        assertThat(Saslprep.prepare("USER")).isEqualTo("USER");
        assertThat(Saslprep.prepare("\u00AA")).isEqualTo("a");
        assertThat(Saslprep.prepare("\u2168")).isEqualTo("IX");
        assertThat(Saslprep.prepare("The\u00ADM\u00AAtr\u2168")).isEqualTo("TheMatrIX");
        assertThat(Saslprep.prepare("a\u00A0b")).isEqualTo("a b");
    }

    /** RFC 8265 §4.3, table 4. */
    @Test
    void shouldFollowTheExamplesOfRfc8265() {
        assertThat(OpaqueString.prepare("correct horse battery staple")).isEqualTo("correct horse battery staple");
        assertThat(OpaqueString.prepare("Correct Horse Battery Staple")).isEqualTo("Correct Horse Battery Staple");
        assertThat(OpaqueString.prepare("\u03C0\u00DF\u00E5")).isEqualTo("\u03C0\u00DF\u00E5");
        assertThat(OpaqueString.prepare("Jack of \u2666s")).isEqualTo("Jack of \u2666s");
        assertThat(OpaqueString.prepare("foo\u1680bar")).isEqualTo("foo bar");
        assertThat(OpaqueString.prepare("")).isNull();
        assertThat(OpaqueString.prepare("my cat is a \u0009by")).isNull();
    }

    @Test
    void shouldComposeButNotReplace() {
        assertThat(OpaqueString.prepare("e\u0301")).isEqualTo("\u00E9");
        assertThat(OpaqueString.prepare("\u2168\u00AA")).isEqualTo("\u2168\u00AA");
        assertThat(OpaqueString.prepare("\u30DE\u30C8")).isEqualTo("\u30DE\u30C8");
        assertThat(OpaqueString.prepare("\uD83D\uDE00 ok")).isEqualTo("\uD83D\uDE00 ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "a\u007Fb",
                "\u0085",
                "soft\u00ADhyphen",
                "\u200D",
                "\u2028",
                "\uE000",
                "\uD800",
                "\uFFFE",
                "\u1100",
                "\u115F",
                "\uFE0F",
                "\u034F"
            })
    void shouldRefuseWhatCannotBeTyped(String text) {
        assertThat(OpaqueString.prepare(text)).isNull();
    }
}
