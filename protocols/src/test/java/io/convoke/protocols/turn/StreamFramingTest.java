package io.convoke.protocols.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFramingTest {
    private static final int LIMIT = 2_000;
    private static final byte[] STUN = StunWriter.begin(StunType.ALLOCATE_REQUEST, new byte[12])
            .text(StunAttribute.USERNAME, "user")
            .finish();
    private static final byte[] CHANNEL_DATA = HexFormat.of().parseHex("400100054865" + "6c6c6f");

    private final List<byte[]> messages = new ArrayList<>();
    private final StreamFraming framing = new StreamFraming(LIMIT);

    private void collect(byte[] bytes, int offset, int length) {
        messages.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    private static byte[] stream(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] filled(byte[] channelData) {
        return Arrays.copyOf(channelData, channelData.length + 3 & ~3);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void shouldCutAStreamAtEveryTwoPlaces() {
        byte[] empty = bytes("4fff0000");
        byte[] stream = stream(STUN, filled(CHANNEL_DATA), empty, STUN);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                // given
                messages.clear();
                StreamFraming cut = new StreamFraming(LIMIT);
                // when
                cut.take(stream, 0, first, this::collect);
                cut.take(stream, first, second - first, this::collect);
                cut.take(stream, second, stream.length - second, this::collect);
                // then
                assertThat(messages)
                        .as("cut at %d, %d", first, second)
                        .containsExactly(STUN, CHANNEL_DATA, empty, STUN);
                assertThat(cut.buffered()).isZero();
            }
        }
    }

    @Test
    void shouldCutARandomStreamInRandomPieces() {
        // given
        Random random = new Random(11);
        List<byte[]> expected = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 2_000; i++) {
            byte[] data = new byte[random.nextInt(1_500)];
            random.nextBytes(data);
            if (random.nextBoolean()) {
                byte[] message = new byte[4 + data.length];
                ChannelData.writeHeader(message, 0, 0x4000 + random.nextInt(0x1000), data.length);
                System.arraycopy(data, 0, message, 4, data.length);
                expected.add(message);
                all.writeBytes(filled(message));
            } else {
                byte[] message = StunWriter.begin(StunType.SEND_INDICATION, new byte[12])
                        .attribute(StunAttribute.DATA, data)
                        .finish();
                expected.add(message);
                all.writeBytes(message);
            }
        }
        byte[] stream = all.toByteArray();
        // when
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(1 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 50), stream.length - at);
            assertThat(framing.take(stream, at, length, this::collect)).isEqualTo(length);
            assertThat(framing.buffered()).isLessThan(LIMIT);
            at += length;
        }
        // then
        assertThat(messages).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    474554202f20485454502f312e31, TOO_LONG
                    160301020001000001fc0303,     BAD_STUN
                    80000004,                     NOT_TURN
                    5353482d322e30,               TOO_LONG
                    80,                           NOT_TURN
                    ff,                           NOT_TURN
                    00010001,                     BAD_STUN
                    000100002112a443,             BAD_STUN
                    00010000deadbeef,             BAD_STUN
                    000107c42112a442,             TOO_LONG
                    400007cd,                     TOO_LONG
                    """)
    void shouldSayWhatIsWrongAsSoonAsItShows(String hex, StreamFraming.Failure failure) {
        // given
        byte[] bad = bytes(hex);
        StreamFraming byteByByte = new StreamFraming(LIMIT);
        // when
        int taken = framing.take(stream(STUN, bad), 0, STUN.length + bad.length, this::collect);
        byteByByte.take(STUN, 0, STUN.length, this::collect);
        for (byte one : bad) {
            byteByByte.take(new byte[] {one}, 0, 1, this::collect);
        }
        // then
        assertThat(messages).containsExactly(STUN, STUN);
        assertThat(framing.failure()).isEqualTo(failure);
        assertThat(byteByByte.failure()).isEqualTo(failure);
        assertThat(framing.buffered()).isZero();
        assertThat(taken).isEqualTo(STUN.length);
        assertThat(framing.take(STUN, 0, STUN.length, this::collect)).isZero();
    }

    @Test
    void shouldTakeMessagesUpToTheLimit() {
        // given
        byte[] longest = new byte[LIMIT];
        ChannelData.writeHeader(longest, 0, 0x4000, LIMIT - 4);
        // when
        framing.take(longest, 0, longest.length, this::collect);
        // then
        assertThat(messages).containsExactly(longest);
        assertThat(framing.failure()).isNull();
        assertThatThrownBy(() -> new StreamFraming(19)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldLeaveWhatFollowsALastMessage() {
        // given: after ConnectionBind the connection carries the peer's bytes
        byte[] stream = stream(STUN, bytes("ffffffffff"));
        StreamFraming.Sink last = (bytes, offset, length) -> {
            collect(bytes, offset, length);
            framing.stop();
        };
        // when
        int first = framing.take(stream, 0, 10, last);
        int second = framing.take(stream, 10, stream.length - 10, last);
        // then
        assertThat(first + second).isEqualTo(STUN.length);
        assertThat(messages).containsExactly(STUN);
        assertThat(framing.failure()).isNull();
        assertThat(framing.take(stream, STUN.length, 5, last)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "00010058, 108",
        "40010005, 12",
        "40010000, 4",
        "40010004, 8",
        "4000ffff, 65540",
        "00010002, -1",
        "80000000, -1"
    })
    void shouldTellTheSizeFromTheFirstFourBytes(String hex, int size) {
        assertThat(StreamFraming.size(Integer.parseUnsignedInt(hex, 16))).isEqualTo(size);
    }
}
