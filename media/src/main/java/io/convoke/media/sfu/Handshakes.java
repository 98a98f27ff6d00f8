package io.convoke.media.sfu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs DTLS handshakes, so many at once and the others in the order in which they came. A handshake blocks its thread while it waits for the
 * peer; so there is a thread for each in flight, but only {@code dtlsThreads} of them compute at a time (see {@link #computing}).
 * Book-keeping on the event loop only.
 */
final class Handshakes {
    private final int maxInFlight;
    private final Semaphore computing;
    private final ExecutorService threads;
    private final ExecutorService afterwards;
    private final Deque<DtlsLink> waiting = new ArrayDeque<>();
    private int inFlight;
    private long done;
    private long failed;

    Handshakes(SfuSettings settings) {
        maxInFlight = settings.maxHandshakesInFlight();
        computing = new Semaphore(settings.dtlsThreads());
        threads = pool(maxInFlight, "convoke-dtls-");
        afterwards = pool(1, "convoke-dtls-after-");
    }

    /** Held by a handshake except while it waits for a datagram. */
    Semaphore computing() {
        return computing;
    }

    /** For what little the connections need after their handshakes. */
    ExecutorService afterwards() {
        return afterwards;
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting.size();
    }

    long done() {
        return done;
    }

    long failed() {
        return failed;
    }

    void submit(DtlsLink link) {
        if (inFlight == maxInFlight) {
            waiting.add(link);
            return;
        }
        inFlight++;
        threads.execute(link::handshake);
    }

    /** A handshake that was under way ended, one way or the other. */
    void ended(boolean well) {
        inFlight--;
        if (well) {
            done++;
        } else {
            failed++;
        }
        DtlsLink next = waiting.poll();
        if (next != null) {
            submit(next);
        }
    }

    /** Nobody waits for that one any more. */
    void withdraw(DtlsLink link) {
        waiting.remove(link);
    }

    /** Waits a little for what is under way; every link is closed by then, so nothing lasts. */
    void close() throws InterruptedException {
        threads.shutdown();
        afterwards.shutdown();
        if (!threads.awaitTermination(5, TimeUnit.SECONDS) || !afterwards.awaitTermination(5, TimeUnit.SECONDS)) {
            threads.shutdownNow();
            afterwards.shutdownNow();
        }
    }

    private static ExecutorService pool(int size, String name) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 20, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
