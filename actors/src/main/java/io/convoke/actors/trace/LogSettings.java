package io.convoke.actors.trace;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where log lines go beside the console.
 *
 * @param directory folder of {@code audit.log}, {@code access.log} and {@code convoke.log}, made when missing; null
 *     writes no files
 * @param maxFileBytes size from which on a file is put aside and a new one begun
 * @param maxFiles how many of each log are kept: the current one and those put aside as {@code .1}, {@code .2}, …
 * @param syslog servers that get every line over UDP
 * @param zone time zone of the times in lines
 * @param queueSize lines that wait for one file or server at most; beyond it the oldest is lost, and counted
 */
public record LogSettings(
        @Nullable Path directory,
        long maxFileBytes,
        int maxFiles,
        List<SyslogServer> syslog,
        ZoneId zone,
        int queueSize) {
    /** A syslog server; port 514 is usual. */
    public record SyslogServer(String host, int port) {}

    /** Files of 20 MB, 10 of each, 10 000 lines waiting, the machine's time zone. */
    public static LogSettings standard(@Nullable Path directory, List<SyslogServer> syslog) {
        return new LogSettings(directory, 20_000_000, 10, syslog, ZoneId.systemDefault(), 10_000);
    }
}
