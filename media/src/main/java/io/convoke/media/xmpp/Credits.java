package io.convoke.media.xmpp;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stanzas that the control plane has been given and has not taken over: with {@code max} of them the connection is not read until half are done. Taken on the
 * event loop, given back from any thread.
 */
final class Credits implements Runnable {
    private final int max;
    private final Executor eventLoop;
    private final ReadGate gate;
    private final AtomicInteger inFlight = new AtomicInteger();
    private boolean holding;

    Credits(int max, Executor eventLoop, ReadGate gate) {
        this.max = max;
        this.eventLoop = eventLoop;
        this.gate = gate;
    }

    /** One more stanza is given. */
    void take() {
        if (inFlight.incrementAndGet() >= max && !holding) {
            holding = true;
            gate.hold();
        }
    }

    /** One stanza has been taken over. */
    @Override
    public void run() {
        if (inFlight.decrementAndGet() == max / 2) {
            eventLoop.execute(this::readOn);
        }
    }

    private void readOn() {
        if (holding && inFlight.get() <= max / 2) {
            holding = false;
            gate.release();
        }
    }
}
