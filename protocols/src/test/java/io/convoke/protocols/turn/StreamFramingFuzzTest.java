package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.convoke.protocols.wire.BigEndian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class StreamFramingFuzzTest {
    private static final int LIMIT = 300;

    /** The same messages and the same end, however the stream is cut; the first byte says how. */
    @FuzzTest
    void shouldReadTheSameHoweverItIsCut(byte[] input) {
        int piece = input.length == 0 ? 1 : 1 + (input[0] & 0x3F);
        byte[] stream = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
        List<byte[]> whole = new ArrayList<>();
        List<byte[]> cut = new ArrayList<>();
        StreamFraming atOnce = new StreamFraming(LIMIT);
        StreamFraming inPieces = new StreamFraming(LIMIT);
        atOnce.take(stream, 0, stream.length, (bytes, offset, length) -> take(whole, bytes, offset, length));
        for (int at = 0; at < stream.length; at += piece) {
            int length = Math.min(piece, stream.length - at);
            inPieces.take(stream, at, length, (bytes, offset, size) -> take(cut, bytes, offset, size));
            assertThat(inPieces.buffered()).isLessThan(LIMIT);
        }
        assertThat(cut).containsExactlyElementsOf(whole);
        assertThat(inPieces.failure()).isEqualTo(atOnce.failure());
        assertThat(inPieces.buffered()).isEqualTo(atOnce.buffered());
    }

    private static void take(List<byte[]> messages, byte[] bytes, int offset, int length) {
        assertThat(length).isBetween(4, LIMIT);
        // A method beyond 0xFF is STUN as well, though no datagram with one would be taken for it (RFC 7983).
        boolean stun = (bytes[offset] & 0xC0) == 0 && BigEndian.i32(bytes, offset + 4) == 0x2112A442;
        assertThat(stun || ChannelData.number(bytes, offset, length) > 0).isTrue();
        messages.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }
}
