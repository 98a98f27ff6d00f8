package io.convoke.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A closed loop of {@code POST /api/join}: so many callers, each asking again as soon as it is answered. */
final class JoinLoad {
    /** Joins answered 200 per second, how long they took, and how many were answered otherwise or not at all. */
    record Outcome(double joinsPerSecond, Distribution latency, int refused) {}

    private final URI base;

    JoinLoad(URI base) {
        this.base = base;
    }

    /** Sends {@code total} joins from {@code callers} threads, each to the next of the meetings in turn. */
    Outcome run(List<String> callIds, int callers, int total) throws InterruptedException {
        Distribution latency = new Distribution(total);
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(callers);
        long start = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(
                    () -> {
                        call(callIds, next, total, latency);
                        done.countDown();
                    },
                    "caller-" + i);
            caller.setDaemon(true);
            caller.start();
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Outcome(latency.count() / seconds, latency, total - latency.count());
    }

    private void call(List<String> callIds, AtomicInteger next, int total, Distribution latency) {
        try (JoinConnection connection = new JoinConnection(base)) {
            for (int i = next.getAndIncrement(); i < total; i = next.getAndIncrement()) {
                long sent = System.nanoTime();
                if (connection.join(callIds.get(i % callIds.size())) == 200) {
                    latency.add(System.nanoTime() - sent);
                }
            }
        } catch (IOException e) {
            System.err.println("A caller gave up: " + e.getMessage());
        }
    }
}
