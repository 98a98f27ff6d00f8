package io.convoke.protocols.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** In which order answers are tried. */
class OrderTest {
    private static final SrvRecord BACKUP = new SrvRecord(20, 100, 5223, "backup.test");
    private static final SrvRecord LIGHT = new SrvRecord(10, 20, 5223, "light.test");
    private static final SrvRecord HEAVY = new SrvRecord(10, 60, 5223, "heavy.test");
    private static final SrvRecord NONE = new SrvRecord(10, 0, 5223, "none.test");

    @Test
    void shouldTryTheLowestPriorityFirstWhateverTheWeight() {
        // given
        SplittableRandom random = new SplittableRandom(7);

        // then
        for (int i = 0; i < 100; i++) {
            assertThat(SrvOrder.of(List.of(BACKUP, LIGHT, HEAVY), random))
                    .last()
                    .isEqualTo(BACKUP);
        }
    }

    @Test
    void shouldTryEachFirstAsOftenAsItsWeightSays() {
        // given
        SplittableRandom random = new SplittableRandom(11);
        int heavy = 0;
        int none = 0;

        // when
        for (int i = 0; i < 8_000; i++) {
            SrvRecord first = SrvOrder.of(List.of(LIGHT, HEAVY, NONE), random).get(0);
            heavy += first.equals(HEAVY) ? 1 : 0;
            none += first.equals(NONE) ? 1 : 0;
        }

        // then
        assertThat(heavy).isBetween(5_700, 6_200);
        assertThat(none).isBetween(1, 300);
    }

    @Test
    void shouldKeepEachRecordOnce() {
        // then
        assertThat(SrvOrder.of(List.of(NONE, BACKUP, LIGHT, HEAVY), new SplittableRandom(3)))
                .containsExactlyInAnyOrder(NONE, BACKUP, LIGHT, HEAVY);
    }

    @Test
    void shouldTakeBothFamiliesInTurnsSixFirst() throws Exception {
        // then
        assertThat(AddressOrder.interleaved(List.of(six(1), six(2), six(3)), List.of(four(1))))
                .containsExactly(six(1), four(1), six(2), six(3));
        assertThat(AddressOrder.interleaved(List.of(), List.of(four(1), four(2))))
                .containsExactly(four(1), four(2));
    }

    private static InetAddress four(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    }

    private static InetAddress six(int last) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[15] = (byte) last;
        return InetAddress.getByAddress(bytes);
    }
}
