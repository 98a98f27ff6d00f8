package io.convoke.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A closed loop of {@code POST /api/join}: so many callers, each asking again as soon as it is answered. */
final class JoinLoad {
    /** Joins answered 200 per second, and how long they took. */
    record Outcome(double joinsPerSecond, Distribution latency, int refused) {}

    private final URI join;
    private final List<String> callIds;
    private final AtomicInteger next = new AtomicInteger();

    JoinLoad(URI base, List<String> callIds) {
        this.join = base.resolve("/api/join");
        this.callIds = callIds;
    }

    /** Sends {@code total} joins from {@code callers} threads, each to the next meeting in turn. */
    Outcome run(int callers, int total) throws InterruptedException {
        Distribution latency = new Distribution(total);
        AtomicInteger left = new AtomicInteger(total);
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(callers);
        long start = System.nanoTime();
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(
                    () -> {
                        HttpClient client = HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .build();
                        while (left.getAndDecrement() > 0) {
                            if (!once(client, latency)) {
                                refused.incrementAndGet();
                            }
                        }
                        done.countDown();
                    },
                    "caller-" + i);
            caller.setDaemon(true);
            caller.start();
        }
        done.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Outcome(latency.count() / seconds, latency, refused.get());
    }

    private boolean once(HttpClient client, Distribution latency) {
        String callId = callIds.get(Math.floorMod(next.getAndIncrement(), callIds.size()));
        HttpRequest request = HttpRequest.newBuilder(join)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Load\",\"callId\":\"" + callId + "\"}"))
                .build();
        long sent = System.nanoTime();
        try {
            HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() != 200) {
                return false;
            }
            latency.add(System.nanoTime() - sent);
            return true;
        } catch (java.io.IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
