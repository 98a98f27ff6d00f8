package io.convoke.actors.c2w;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.actors.Samples;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class C2wCodecTest {
    static Stream<Class<?>> messages() {
        return Samples.records(C2wMessage.class).stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldReadWhatItWrote(Class<?> type) throws C2wFailure {
        // given
        C2wMessage message = (C2wMessage) new Samples(1, null).of(type);

        // when
        byte[] written = C2wCodec.write(message);

        // then
        assertThat(C2wCodec.read(written)).isEqualTo(message);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .startsWith("{\"type\":\"" + C2wCodec.name(message) + "\"");
    }

    @Test
    void shouldIgnoreFieldsItDoesNotKnow() throws C2wFailure {
        // given
        String newer = "{\"type\":\"joinRefused\",\"request\":1,\"code\":\"full\",\"detail\":\"d\",\"colour\":\"red\"}";

        // when
        C2wMessage message = C2wCodec.read(newer.getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(message).isEqualTo(new C2wMessage.JoinRefused(1, "full", "d", null));
    }

    @Test
    void shouldNotRepeatWhatItCannotRead() {
        // given
        byte[] broken = "{\"type\":\"join\",\"passcode\":\"s3cret".getBytes(StandardCharsets.UTF_8);

        // then
        assertThatThrownBy(() -> C2wCodec.read(broken))
                .isInstanceOf(C2wFailure.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
