package io.convoke.media.udp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveModeTest {
    @Test
    void shouldReadSinglesWithOneCallAfterAWhileAndLookForBurstsNowAndThen() {
        // given
        ReceiveMode mode = new ReceiveMode(true);
        assertThat(mode.oneByOne()).isTrue();

        // when: crowds of singles
        int reads = 0;
        while (!mode.read(64, 10, 0)) {
            reads++;
        }

        // then: not joined any longer, but joined ones may still wait until twice nothing more came
        assertThat(reads).isBetween(20, 30);
        assertThat(mode.isJoined()).isFalse();
        assertThat(mode.oneByOne()).isTrue();
        mode.read(64, 10, 0);
        assertThat(mode.oneByOne()).isTrue();
        mode.read(64, 10, 0);
        assertThat(mode.oneByOne()).isFalse();

        // when: more and more at a time
        assertThat(mode.batch()).isEqualTo(4);
        mode.read(4, 4, 0);
        mode.read(8, 8, 0);

        // then
        assertThat(mode.batch()).isEqualTo(16);

        // when
        int datagrams = 0;
        while (!mode.read(16, 12, 0)) {
            datagrams += 12;
        }

        // then
        assertThat(mode.isJoined()).isTrue();
        assertThat(datagrams).isBetween(8000, 8200);
    }

    @Test
    void shouldStayJoinedWhereBurstsCome() {
        ReceiveMode mode = new ReceiveMode(true);

        for (int i = 0; i < 1000; i++) {
            assertThat(mode.read(64, 5, i % 10 == 0 ? 1 : 0)).isFalse();
        }
        assertThat(mode.isJoined()).isTrue();
    }

    @Test
    void shouldAskForOneWhereOneComesAtATime() {
        // given
        ReceiveMode mode = new ReceiveMode(false);
        for (int i = 0; i < 8; i++) {
            assertThat(mode.batch()).isEqualTo(4);
            mode.read(4, 1, 0);
        }

        // when, then: one for a while, then a look
        for (int i = 0; i < 15; i++) {
            assertThat(mode.batch()).isEqualTo(1);
            assertThat(mode.oneByOne()).isTrue();
            mode.read(1, 1, 0);
        }
        assertThat(mode.batch()).isEqualTo(4);
        mode.read(4, 1, 0);
        assertThat(mode.batch()).isEqualTo(1);
        for (int i = 0; i < 15; i++) {
            mode.read(1, 1, 0);
        }
        mode.read(4, 2, 0);
        assertThat(mode.batch()).isEqualTo(4);
    }

    @Test
    void shouldNeverJoinWhereTheKernelDoesNot() {
        ReceiveMode mode = new ReceiveMode(false);

        for (int i = 0; i < 100_000; i++) {
            assertThat(mode.read(64, 64, 0)).isFalse();
        }
        assertThat(mode.oneByOne()).isFalse();
    }
}
