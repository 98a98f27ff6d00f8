package io.convoke.protocols.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramQueueTest {
    /** Application data of epoch 1, of the fewest bytes that can be genuine. */
    private static final byte[] RECORD = HexFormat.of()
            .parseHex("17fefd0001000000000000" + "0018" + "070000000000000000000000000000000000000000000000");

    private final DatagramQueue queue = new DatagramQueue(2, (bytes, offset, length) -> {});
    private final byte[] buffer = new byte[100];

    @Test
    void shouldHandOverWhatWasOffered() throws Exception {
        assertThat(queue.offer(RECORD.clone())).isTrue();

        assertThat(queue.receive(buffer, 3, 50, 1)).isEqualTo(RECORD.length);
        assertThat(buffer).startsWith(0, 0, 0, 23).containsSequence(RECORD);
        assertThat(queue.receive(buffer, 0, 50, 1)).isEqualTo(-1);
    }

    @Test
    void shouldDropWhatDoesNotFitOrIsNoDtls() {
        assertThat(queue.offer(new byte[20])).isFalse();
        assertThat(queue.offer(new byte[DatagramQueue.MAX_DATAGRAM_BYTES + 1])).isFalse();
        assertThat(queue.offer(RECORD)).isTrue();
        assertThat(queue.offer(RECORD)).isTrue();
        assertThat(queue.offer(RECORD)).isFalse();
    }

    @Test
    void shouldEndReadersOnceClosedEvenWhenFull() {
        // given
        queue.offer(RECORD);
        queue.offer(RECORD);

        // when
        queue.close();
        queue.close();

        // then
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> queue.receive(buffer, 0, 50, 0)).isInstanceOf(DatagramQueue.Closed.class);
        }
        assertThat(queue.offer(RECORD)).isFalse();
    }

    @Test
    void shouldGatherRecordsUntilTheSenderListensOrTheDatagramIsFull() throws Exception {
        // given
        List<Integer> lengths = new ArrayList<>();
        var gathering = new DatagramQueue(2, (bytes, offset, length) -> lengths.add(length));
        gathering.gather(true);

        // when
        gathering.send(buffer, 0, 100);
        gathering.send(buffer, 0, 50);
        assertThat(lengths).isEmpty();
        gathering.receive(buffer, 0, 50, 1);
        gathering.receive(buffer, 0, 50, 1);
        gathering.send(new byte[1_200], 0, 1_200);
        gathering.send(buffer, 0, 1);
        gathering.close();
        gathering.gather(false);
        gathering.send(buffer, 0, 7);

        // then
        assertThat(lengths).containsExactly(150, 1_200, 1, 7);
    }

    @Test
    void shouldThrowInsteadOfWaitingWhenToldTo() throws Exception {
        // given
        queue.neverWait(true);
        queue.offer(RECORD);

        // then
        assertThat(queue.receive(buffer, 0, 50, 0)).isEqualTo(RECORD.length);
        assertThatThrownBy(() -> queue.receive(buffer, 0, 50, 0)).isInstanceOf(InterruptedIOException.class);
    }
}
