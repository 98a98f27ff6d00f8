package io.convoke.media.relay.stream;

import io.convoke.media.tcp.Wheel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the connections of one event loop share. On that loop only. */
final class StreamLoop {
    private final EventLoop eventLoop;
    private final StreamLimits limits;
    private final StreamUser.Opening opening;
    private final StreamCounters counters;
    private final Wheel wheel = new Wheel(System.nanoTime());
    private final Set<StreamSocket> connections = new LinkedHashSet<>();
    private final Runnable flush = this::flush;
    private List<StreamSocket> unflushed = new ArrayList<>();
    private List<StreamSocket> flushing = new ArrayList<>();
    private final Future<?> ticks;
    private byte[] scratch = new byte[64 << 10];

    StreamLoop(EventLoop eventLoop, StreamLimits limits, StreamUser.Opening opening, StreamCounters counters) {
        this.eventLoop = eventLoop;
        this.limits = limits;
        this.opening = opening;
        this.counters = counters;
        ticks = eventLoop.scheduleAtFixedRate(
                () -> wheel.advance(System.nanoTime()), Wheel.TICK_NANOS, Wheel.TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    StreamLimits limits() {
        return limits;
    }

    StreamUser.Opening opening() {
        return opening;
    }

    StreamCounters counters() {
        return counters;
    }

    Wheel wheel() {
        return wheel;
    }

    void opened(StreamSocket connection) {
        connections.add(connection);
    }

    void gone(StreamSocket connection) {
        connections.remove(connection);
    }

    /** Ends all connections. */
    void end() {
        List.copyOf(connections).forEach(StreamSocket::close);
        ticks.cancel(false);
    }

    /** Flushes it once, when everything that came to the loop in this round has been handled. */
    void flushSoon(StreamSocket written) {
        unflushed.add(written);
        if (unflushed.size() == 1) {
            eventLoop.execute(flush);
        }
    }

    /** What came, from the beginning of an array that the next read uses again. */
    byte[] read(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (scratch.length < length) {
            scratch = new byte[length];
        }
        bytes.readBytes(scratch, 0, length);
        return scratch;
    }

    private void flush() {
        // Flushing may break connections off, whose users may write to others: those come in a round of their own.
        List<StreamSocket> round = unflushed;
        unflushed = flushing;
        flushing = round;
        for (int i = 0; i < round.size(); i++) {
            round.get(i).flush();
        }
        round.clear();
    }
}
