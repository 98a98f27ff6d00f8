package io.convoke.media.relay.dtls;

import io.convoke.media.dtls.ComputingTransport;
import io.convoke.media.tcp.Census;
import io.convoke.protocols.dtls.DatagramQueue;
import java.net.InetAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of a relay's handshakes: each waits for its peer, and as many as there are processors compute. No source has more than a quarter of them. Safe from
 * any thread.
 */
final class DtlsHandshakes {
    private static final int SHARES = 4;
    private static final int MOST_THREADS = 256;
    private static final long KEEP_SECONDS = 20;
    private static final long CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor threads;
    private final Census census;
    private final Semaphore computing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));

    DtlsHandshakes(int wanted) {
        int max = Math.min(wanted, MOST_THREADS);
        AtomicInteger count = new AtomicInteger();
        census = new Census(max, Math.max(1, max / SHARES));
        threads = new ThreadPoolExecutor(0, max, KEEP_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "convoke-relay-dtls-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs it, if there is a thread; the task then calls {@link #leave}. */
    boolean begin(InetAddress source, Runnable task) {
        if (!census.enter(source)) {
            return false;
        }
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException busy) {
            census.leave(source);
            return false;
        }
    }

    void leave(InetAddress source) {
        census.leave(source);
    }

    ComputingTransport transport(DatagramQueue queue) {
        return new ComputingTransport(queue, computing);
    }

    /** Waits a little for what is under way; every queue is closed by then. */
    void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                return; // daemons: they end with the process
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
