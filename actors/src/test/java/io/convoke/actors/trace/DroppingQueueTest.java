package io.convoke.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DroppingQueueTest {
    private final DroppingQueue<Integer> queue = new DroppingQueue<>(3);

    @Test
    void shouldLoseTheOldestAndCountIt() {
        // when
        for (int i = 1; i <= 5; i++) {
            queue.offer(i);
        }

        // then
        assertThat(queue.take()).isCompletedWithValue(Optional.of(List.of(3, 4, 5)));
        assertThat(queue.dropped()).isEqualTo(2);
    }

    @Test
    void shouldHandWhatComesToTheReaderThatWaits() {
        // given
        CompletableFuture<Optional<List<Integer>>> waiting = queue.take().toCompletableFuture();
        assertThat(waiting).isNotDone();

        // when
        queue.offer(1);
        queue.offer(2);

        // then
        assertThat(waiting).isCompletedWithValue(Optional.of(List.of(1)));
        assertThat(queue.take()).isCompletedWithValue(Optional.of(List.of(2)));
    }

    @Test
    void shouldGiveOutTheRestWhenClosedAndTakeNoMore() {
        // given
        queue.offer(1);

        // when
        queue.close();
        queue.offer(2);

        // then
        assertThat(queue.take()).isCompletedWithValue(Optional.of(List.of(1)));
        assertThat(queue.take()).isCompletedWithValue(Optional.empty());
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void shouldWakeTheReaderThatWaitsWhenClosed() {
        // given
        CompletableFuture<Optional<List<Integer>>> waiting = queue.take().toCompletableFuture();

        // when
        queue.close();

        // then
        assertThat(waiting).isCompletedWithValue(Optional.empty());
    }
}
