package io.convoke.http.outbox;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.BoundedSourceQueue;
import akka.stream.QueueOfferResult;
import akka.stream.javadsl.Source;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** A queue in front of one stream. Safe from any thread; nothing blocks, and nothing throws once the stream is gone. */
public final class Outbox<T> {
    private final long maxBytes;
    private final ToLongFunction<T> bytes;
    private final BoundedSourceQueue<T> queue;
    private final Source<T, NotUsed> source;
    private final AtomicLong queuedBytes = new AtomicLong();

    /** @param bytes of one item */
    public Outbox(ActorSystem<?> system, int maxItems, long maxBytes, ToLongFunction<T> bytes) {
        this.maxBytes = maxBytes;
        this.bytes = bytes;
        var made = Source.<T>queue(maxItems).preMaterialize(system);
        this.queue = made.first();
        this.source = made.second().map(item -> {
            queuedBytes.addAndGet(-bytes.applyAsLong(item));
            return item;
        });
    }

    /** What was offered, in order. To be materialized once. */
    public Source<T, NotUsed> source() {
        return source;
    }

    /** False where the bounds are reached: the peer does not read. What is offered to a stream that is over is dropped, for its owner will hear of that. */
    public boolean offer(T item) {
        long size = bytes.applyAsLong(item);
        if (queuedBytes.addAndGet(size) > maxBytes) {
            return false;
        }
        QueueOfferResult result = queue.offer(item);
        return !QueueOfferResult.dropped().equals(result);
    }

    /** Ends the stream after what is queued. */
    public void complete() {
        try {
            queue.complete();
        } catch (IllegalStateException overAlready) {
            // The peer was faster; there is no way to ask before.
        }
    }

    /** Breaks the stream off. */
    public void fail(Throwable why) {
        try {
            queue.fail(why);
        } catch (IllegalStateException overAlready) {
            // As above.
        }
    }
}
