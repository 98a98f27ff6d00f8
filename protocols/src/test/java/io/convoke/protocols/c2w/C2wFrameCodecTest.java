package io.convoke.protocols.c2w;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.c2w.C2wFrame.Kind;
import io.convoke.protocols.c2w.C2wFrameCodec.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class C2wFrameCodecTest {
    private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final C2wFrame JOIN = new C2wFrame(Kind.REQUEST, 258, "join", PAYLOAD);

    @Test
    void shouldWriteTheDocumentedBytes() {
        // given
        String vector = "01" // version
                + "01" // REQUEST
                + "0000000000000102" // id 258
                + "04" // length of the name
                + "6a6f696e" // join
                + "00000007" // length of the payload
                + "7b2261223a317d"; // {"a":1}
        // when
        byte[] bytes = C2wFrameCodec.encode(JOIN);
        // then
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(vector);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldReadBackWhatItWrote(Kind kind) {
        // given
        boolean probe = kind == Kind.PING || kind == Kind.PONG;
        C2wFrame frame = probe ? C2wFrame.probe(kind, -1) : new C2wFrame(kind, -1, "sessionUp", PAYLOAD);
        // when
        Decoded decoded = C2wFrameCodec.decode(C2wFrameCodec.encode(frame), 100);
        // then
        assertThat(decoded).isEqualTo(new Decoded.Frame(frame));
    }

    @Test
    void shouldRejectEveryPrefix() {
        // given
        byte[] whole = C2wFrameCodec.encode(JOIN);
        for (int length = 0; length < whole.length; length++) {
            // when
            Decoded decoded = C2wFrameCodec.decode(Arrays.copyOf(whole, length), 100);
            // then
            assertThat(decoded).as("first %d bytes", length).isInstanceOf(Decoded.Rejected.class);
        }
    }

    @Test
    void shouldRejectBytesAfterTheFrame() {
        // given
        byte[] longer = Arrays.copyOf(C2wFrameCodec.encode(JOIN), 27);
        // when
        Decoded decoded = C2wFrameCodec.decode(longer, 100);
        // then
        assertThat(decoded).isEqualTo(new Decoded.Rejected(false, "7 bytes of payload", "8 bytes"));
    }

    @Test
    void shouldTellAnotherVersionApart() {
        // given
        byte[] newer = C2wFrameCodec.encode(JOIN);
        newer[0] = 2;
        // when
        Decoded decoded = C2wFrameCodec.decode(newer, 100);
        // then
        assertThat(decoded).isEqualTo(new Decoded.Rejected(true, "version 1", "version 2"));
    }

    @Test
    void shouldRejectMorePayloadThanAllowed() {
        // given
        byte[] bytes = C2wFrameCodec.encode(JOIN);
        // when
        Decoded decoded = C2wFrameCodec.decode(bytes, 6);
        // then
        assertThat(decoded).isEqualTo(new Decoded.Rejected(false, "at most 6 bytes of payload", "7 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ümlaut", "a\nb"})
    void shouldRefuseToWriteAnUnfitName(String name) {
        assertThatThrownBy(() -> C2wFrameCodec.encode(new C2wFrame(Kind.EVENT, 0, name, PAYLOAD)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepThePayloadOutOfItsText() {
        assertThat(JOIN.toString()).isEqualTo("C2wFrame[REQUEST 258 join, 7 bytes]");
    }
}
