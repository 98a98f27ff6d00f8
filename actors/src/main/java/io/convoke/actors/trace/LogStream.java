package io.convoke.actors.trace;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.Materializer;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One way out for log lines: a bounded queue and a stream from it, begun again a while after it failed. */
final class LogStream {
    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final String name;
    private final Predicate<TraceEvent> wanted;
    private final Supplier<Sink<List<TraceEvent>, CompletionStage<Done>>> sink;
    private final ActorSystem<?> system;
    private final DroppingQueue<TraceEvent> queue;
    private final CompletableFuture<Done> ended = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile boolean pausing;

    LogStream(
            String name,
            Predicate<TraceEvent> wanted,
            Supplier<Sink<List<TraceEvent>, CompletionStage<Done>>> sink,
            ActorSystem<?> system,
            int queueSize) {
        this.name = name;
        this.wanted = wanted;
        this.sink = sink;
        this.system = system;
        this.queue = new DroppingQueue<>(queueSize);
    }

    void start() {
        pausing = false;
        Source<List<TraceEvent>, NotUsed> lines = Source.unfoldAsync(
                queue, from -> from.take().thenApply(taken -> taken.map(events -> Pair.create(from, events))));
        lines.toMat(sink.get(), Keep.right())
                .run(Materializer.matFromSystem(system.classicSystem()))
                .whenComplete((done, failure) -> {
                    if (stopping) {
                        ended.complete(Done.getInstance());
                        return;
                    }
                    LOG.warn(
                            "Expected to write log lines to {}, but it ended: {}. Again in {} s.",
                            name,
                            failure == null ? "closed" : failure.toString(),
                            PAUSE.toSeconds());
                    pausing = true;
                    system.scheduler().scheduleOnce(PAUSE, this::start, system.executionContext());
                });
    }

    void offer(TraceEvent event) {
        if (wanted.test(event)) {
            queue.offer(event);
        }
    }

    long dropped() {
        return queue.dropped();
    }

    CompletionStage<Done> stop() {
        stopping = true;
        queue.close();
        if (pausing) {
            ended.complete(Done.getInstance());
        }
        return ended;
    }
}
