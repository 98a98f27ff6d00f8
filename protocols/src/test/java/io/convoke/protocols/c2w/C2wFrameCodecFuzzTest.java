package io.convoke.protocols.c2w;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.convoke.protocols.c2w.C2wFrameCodec.Decoded;

class C2wFrameCodecFuzzTest {
    @FuzzTest
    void shouldTakeAnyBytesAndReadBackWhatItUnderstood(byte[] message) {
        // when
        Decoded decoded = C2wFrameCodec.decode(message, 1 << 16);
        // then
        if (decoded instanceof Decoded.Frame understood) {
            assertThat(C2wFrameCodec.encode(understood.frame())).isEqualTo(message);
        }
    }
}
