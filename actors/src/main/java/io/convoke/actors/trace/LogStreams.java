package io.convoke.actors.trace;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The ways out for log lines beside the console: {@code audit.log} (local0), {@code access.log} (local7),
 * {@code convoke.log} (everything) and the syslog servers. Each has its own queue, so that a slow disk or a server that is away
 * delays nothing else. Safe from any thread.
 */
public final class LogStreams {
    static final String BLOCKING_DISPATCHER = "convoke.blocking-dispatcher";

    private final List<LogStream> streams;

    private LogStreams(List<LogStream> streams) {
        this.streams = streams;
    }

    /** Starts one stream per file and server. They end with {@link #stop}, or flushed with the actor system. */
    public static LogStreams start(ActorSystem<?> system, LogSettings settings) {
        LogLine format = new LogLine(settings.zone());
        List<LogStream> streams = new ArrayList<>();
        Path folder = settings.directory();
        if (folder != null) {
            streams.add(file(folder.resolve("audit.log"), of(Facility.LOCAL0), settings, format, system));
            streams.add(file(folder.resolve("access.log"), of(Facility.LOCAL7), settings, format, system));
            streams.add(file(folder.resolve("convoke.log"), event -> true, settings, format, system));
        }
        for (LogSettings.SyslogServer server : settings.syslog()) {
            streams.add(new LogStream(
                    server.host() + ":" + server.port(),
                    event -> true,
                    () -> SyslogSender.sink(server, format, system),
                    system,
                    settings.queueSize()));
        }
        streams.forEach(LogStream::start);
        LogStreams started = new LogStreams(List.copyOf(streams));
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "flush-logs", started::stop);
        return started;
    }

    /** Queues the event's line for all who want it. Never blocks; what finds no room costs the oldest line waiting. */
    public void offer(TraceEvent event) {
        for (LogStream stream : streams) {
            stream.offer(event);
        }
    }

    /** How many lines were lost because a file or server could not keep up. */
    public long dropped() {
        return streams.stream().mapToLong(LogStream::dropped).sum();
    }

    /** Takes no more lines and answers when those waiting are written. */
    public CompletionStage<Done> stop() {
        CompletableFuture<?>[] ends = streams.stream()
                .map(stream -> stream.stop().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(ends).thenApply(all -> Done.getInstance());
    }

    private static Predicate<TraceEvent> of(Facility facility) {
        return event -> event.facility() == facility;
    }

    private static LogStream file(
            Path path, Predicate<TraceEvent> wanted, LogSettings settings, LogLine format, ActorSystem<?> system) {
        RotatedFile file = new RotatedFile(path, settings.maxFileBytes(), settings.maxFiles());
        return new LogStream(path.toString(), wanted, () -> file.sink(format), system, settings.queueSize());
    }
}
