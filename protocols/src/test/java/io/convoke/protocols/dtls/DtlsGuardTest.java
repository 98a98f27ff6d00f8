package io.convoke.protocols.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtlsGuardTest {
    /** An encrypted record of nothing: explicit nonce and tag. */
    private static final String SHORTEST = "000000000000000000000000000000000000000000000000";

    /** A record of the given type and epoch around a body. */
    private static byte[] record(int type, int epoch, byte[] body) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) type, (byte) 0xfe, (byte) 0xfd, (byte) (epoch >> 8), (byte) epoch});
        out.writeBytes(new byte[] {0, 0, 0, 0, 0, 5});
        out.writeBytes(new byte[] {(byte) (body.length >> 8), (byte) body.length});
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** A handshake fragment whose header may lie about its body. */
    private static byte[] fragment(int length, int offset, int announced, int actual) {
        byte[] bytes = new byte[12 + actual];
        bytes[0] = 11; // certificate
        put24(bytes, 1, length);
        put24(bytes, 6, offset);
        put24(bytes, 9, announced);
        return bytes;
    }

    private static void put24(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 16);
        bytes[at + 1] = (byte) (value >> 8);
        bytes[at + 2] = (byte) value;
    }

    private static boolean admits(byte[] datagram) {
        byte[] inTheMiddle = new byte[datagram.length + 6];
        Arrays.fill(inTheMiddle, (byte) 0x16);
        System.arraycopy(datagram, 0, inTheMiddle, 3, datagram.length);
        return DtlsGuard.admits(inTheMiddle, 3, datagram.length);
    }

    @ParameterizedTest
    @CsvSource({
        "16777215, 0, 1, 1, false", // 16 MiB announced by one byte
        "16777215, 0, 0, 0, false", // and by none
        "16385, 0, 100, 100, false",
        "16384, 0, 100, 100, true",
        "16384, 16284, 100, 100, true",
        "16384, 16285, 100, 100, false", // offset + length beyond the end
        "100, 16777215, 16777215, 100, false",
        "100, 0, 0, 0, false", // empty part of a message that is not empty
        "0, 0, 0, 0, true", // ServerHelloDone
        "100, 0, 100, 99, false", // body cut short
        "100, 0, 99, 100, false", // one byte too many after it
        "100, 0, 100, 100, true",
    })
    void shouldRefuseFragmentsThatAnnounceTooMuch(int length, int offset, int announced, int actual, boolean fine) {
        assertThat(admits(record(22, 0, fragment(length, offset, announced, actual))))
                .isEqualTo(fine);
    }

    @Test
    void shouldLookAtEveryMessageAndEveryRecord() {
        // given
        byte[] good = fragment(40, 0, 40, 40);
        byte[] bad = fragment(1 << 20, 0, 40, 40);

        // then
        assertThat(admits(record(22, 0, join(good, good)))).isTrue();
        assertThat(admits(record(22, 0, join(good, bad)))).isFalse();
        assertThat(admits(join(record(22, 0, good), record(22, 1, bad)))).isTrue();
        assertThat(admits(join(record(22, 1, good), record(22, 0, bad)))).isFalse();
        assertThat(admits(join(record(22, 0, good), new byte[] {22}))).isFalse();
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @ParameterizedTest
    @CsvSource({
        "20, 0, 01, true",
        "20, 0, 0101, false",
        "21, 0, 0228, true",
        "21, 0, 02, false",
        "21, 1, " + SHORTEST + ", true",
        "21, 1, 00" + SHORTEST + ", true",
        "22, 0, 0b, false",
        "22, 1, " + SHORTEST + ", true",
        "22, 1, 0b, false", // shorter than a nonce and a tag
        "23, 0, " + SHORTEST + ", false",
        "23, 1, " + SHORTEST + ", true",
        "23, 1, 0123456789, false",
        "24, 1, " + SHORTEST + ", false", // heartbeat
        "25, 1, " + SHORTEST + ", false", // connection id
        "19, 1, " + SHORTEST + ", false",
        "22, 1, '', false",
    })
    void shouldKnowTheContentTypes(int type, int epoch, String body, boolean fine) {
        assertThat(admits(record(type, epoch, HexFormat.of().parseHex(body)))).isEqualTo(fine);
    }

    @Test
    void shouldRefuseOtherVersionsAndLengths() {
        byte[] tls = record(22, 1, new byte[20]);
        tls[1] = 3;
        byte[] longer = record(22, 1, new byte[20]);
        longer[12]++;
        byte[] huge = record(22, 1, new byte[16_384 + 2_049]);

        assertThat(admits(tls)).isFalse();
        assertThat(admits(longer)).isFalse();
        assertThat(admits(huge)).isFalse();
        assertThat(admits(record(22, 1, new byte[16_384 + 2_048]))).isTrue();
        assertThat(admits(record(22, 0, fragment(16_380, 0, 16_380, 16_380)))).isFalse();
    }

    @Test
    void shouldRefuseEveryPrefix() {
        byte[] flight = join(record(22, 0, fragment(40, 0, 40, 40)), record(20, 0, new byte[] {1}));

        for (int length = 0; length < flight.length; length++) {
            boolean firstRecordOnly = length == 13 + 52;
            assertThat(admits(Arrays.copyOf(flight, length))).isEqualTo(firstRecordOnly);
        }
        assertThat(admits(flight)).isTrue();
    }

    /** Never throws, and what it admits announces no more than it may. */
    @FuzzTest(maxDuration = "30s")
    void shouldAdmitOrRefuseAnything(byte[] datagram) {
        if (DtlsGuard.admits(datagram, 0, datagram.length)
                && datagram[0] == 22
                && datagram[3] == 0
                && datagram[4] == 0) {
            int announced = (datagram[14] & 0xff) << 16 | (datagram[15] & 0xff) << 8 | (datagram[16] & 0xff);
            assertThat(announced).isLessThanOrEqualTo(DtlsGuard.MAX_MESSAGE_BYTES);
        }
    }
}
