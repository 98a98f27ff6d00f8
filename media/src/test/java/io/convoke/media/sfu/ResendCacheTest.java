package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResendCacheTest {
    private final ResendCache cache = new ResendCache(10); // 16 in truth
    private final byte[] out = new byte[2000];

    @Test
    void shouldFindWhatIsRecent() {
        // given
        cache.store(65_535, new byte[] {9, 1, 2, 3}, 1, 3);

        // when
        int length = cache.copyTo(65_535, out, 4);

        // then
        assertThat(length).isEqualTo(3);
        assertThat(out).startsWith(0, 0, 0, 0, 1, 2, 3, 0);
    }

    @Test
    void shouldForgetWhatWasOverwritten() {
        // given
        for (int i = 0; i < 17; i++) {
            cache.store(i, new byte[] {(byte) i}, 0, 1);
        }

        // when / then
        assertThat(cache.copyTo(0, out, 0)).isEqualTo(-1);
        assertThat(cache.copyTo(1, out, 0)).isEqualTo(1);
        assertThat(cache.copyTo(16, out, 0)).isEqualTo(1);
    }

    @Test
    void shouldHoldALongPacketInARowMadeForAShortOne() {
        // given
        cache.store(3, new byte[10], 0, 10);

        // when
        cache.store(19, new byte[1500], 0, 1500);

        // then
        assertThat(cache.copyTo(19, out, 0)).isEqualTo(1500);
    }

    @Test
    void shouldBeEmptyAfterClear() {
        // given
        cache.store(3, new byte[10], 0, 10);

        // when
        cache.clear();

        // then
        assertThat(cache.copyTo(3, out, 0)).isEqualTo(-1);
    }
}
