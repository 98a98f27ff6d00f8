package io.convoke.media.xmpp;

import io.convoke.media.tcp.Wheel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the connections of one event loop share. On that loop only, where nothing else is said. */
final class WireLoop {
    /** Whoever has written something and wants it flushed before the loop rests. */
    interface Flushable {
        void flushNow();
    }

    /** Grows to the longest read. */
    private byte[] scratch = new byte[16 << 10];

    private final EventLoop eventLoop;
    private final Wheel wheel = new Wheel(System.nanoTime());
    private final StreamIds streamIds = new StreamIds();
    private final List<Flushable> unflushed = new ArrayList<>();

    WireLoop(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
        var ignored = eventLoop.scheduleAtFixedRate(
                () -> wheel.advance(System.nanoTime()), Wheel.TICK_NANOS, Wheel.TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    Wheel wheel() {
        return wheel;
    }

    /** From any thread. */
    void watchSoon(Wheel.Due due) {
        eventLoop.execute(() -> wheel.watch(new Wheel.Entry(due)));
    }

    /** What came, as machines want it: from the beginning of an array that the next read uses again. */
    byte[] read(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        bytes.readBytes(scratch, 0, length);
        return scratch;
    }

    String nextStreamId() {
        return streamIds.next();
    }

    /** Flushes it once, behind everything else that other threads have handed over until now. */
    void flushSoon(Flushable written) {
        unflushed.add(written);
        if (unflushed.size() == 1) {
            eventLoop.execute(this::flush);
        }
    }

    private void flush() {
        // Flushing may break connections off, which may write to others: those come in a round of their own.
        List<Flushable> round = List.copyOf(unflushed);
        unflushed.clear();
        round.forEach(Flushable::flushNow);
    }
}
