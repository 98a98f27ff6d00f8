package io.convoke.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    @Test
    void shouldTellOmittedFromEmpty() {
        // when
        Form form = read("&a=1&b=&c&&=x&a=2&d=%C3%A4+%2b\r\n");
        // then
        assertThat(form.find("a")).contains("2");
        assertThat(form.find("b")).contains("");
        assertThat(form.find("c")).contains("");
        assertThat(form.find("d")).contains("ä +");
        assertThat(form.find("e")).isEmpty();
        assertThat(form.with(read("a=3&e=4")).toString()).isEqualTo("Form[a, b, c, d, e]");
    }

    @Test
    void shouldTakeBytesThatAreNoUtf8ForIso88591() {
        assertThat(read("a=%E4b").find("a")).contains("äb");
        assertThat(Form.read("a=\u00e4".getBytes(StandardCharsets.ISO_8859_1)).find("a"))
                .contains("ä");
        assertThat(Form.read("a=\u00e4".getBytes(StandardCharsets.UTF_8)).find("a"))
                .contains("ä");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=1", "a=b%2"})
    void shouldRefuseALonePercentSign(String text) {
        assertThat(read(text)).isNull();
    }

    private static Form read(String text) {
        return Form.read(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
