package io.convoke.actors.trace;

import akka.Done;
import akka.japi.function.Function;
import akka.stream.ActorAttributes;
import akka.stream.alpakka.file.javadsl.LogRotatorSink;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A log file that keeps its name: when it is full it becomes {@code name.1}, what was {@code .1} becomes {@code .2},
 * and the oldest beyond the number kept goes. A new process goes on with the file it finds.
 */
final class RotatedFile {
    private final Path current;
    private final long maxBytes;
    private final int maxFiles;

    RotatedFile(Path current, long maxBytes, int maxFiles) {
        this.current = current;
        this.maxBytes = maxBytes;
        this.maxFiles = maxFiles;
    }

    Sink<List<TraceEvent>, CompletionStage<Done>> sink(LogLine format) {
        return Flow.<List<TraceEvent>>create()
                .mapConcat(events -> events)
                .map(event -> ByteString.fromString(format.file(event)))
                .toMat(
                        LogRotatorSink.createFromFunctionAndOptions(
                                this::rotation,
                                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND)),
                        Keep.right())
                .withAttributes(ActorAttributes.dispatcher(LogStreams.BLOCKING_DISPATCHER));
    }

    /** For one run of the stream: told each line before it is written, answers a path where a file is to be begun. */
    private Function<ByteString, Optional<Path>> rotation() {
        return new Function<>() {
            private static final long serialVersionUID = 1L;
            private long bytes = -1;

            @Override
            public Optional<Path> apply(ByteString line) throws IOException {
                if (bytes < 0) {
                    Files.createDirectories(current.toAbsolutePath().getParent());
                    bytes = Files.exists(current) ? Files.size(current) : 0;
                } else if (bytes == 0 || bytes + line.size() <= maxBytes) {
                    bytes += line.size();
                    return Optional.empty();
                }
                if (bytes > 0 && bytes + line.size() > maxBytes) {
                    shift();
                    bytes = 0;
                }
                bytes += line.size();
                return Optional.of(current);
            }
        };
    }

    private void shift() throws IOException {
        Files.deleteIfExists(aside(maxFiles - 1));
        for (int i = maxFiles - 1; i > 0; i--) {
            Path from = aside(i - 1);
            if (Files.exists(from)) {
                Files.move(from, aside(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path aside(int age) {
        return age == 0 ? current : current.resolveSibling(current.getFileName() + "." + age);
    }
}
