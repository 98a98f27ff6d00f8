package io.convoke.bench;

import io.convoke.media.client.SoftSink;
import java.util.concurrent.atomic.LongAdder;

/** Counts the authentic RTP packets that software clients receive; one for all of them. */
final class Arrivals implements SoftSink {
    private final LongAdder rtp = new LongAdder();

    long packets() {
        return rtp.sum();
    }

    @Override
    public void rtp(byte[] plain, int length) {
        rtp.increment();
    }

    @Override
    public void rtcp(byte[] plain, int length) {}
}
