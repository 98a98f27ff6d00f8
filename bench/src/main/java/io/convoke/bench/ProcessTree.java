package io.convoke.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU and memory of a process and everything it has started, from {@code /proc}. */
public record ProcessTree(ProcessHandle root) {
    /** USER_HZ, 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final long KIBI = 1024;

    /** User and system together, with that of children that have ended and were waited for. */
    public double cpuSeconds() {
        return all().mapToDouble(ProcessTree::cpuSeconds).sum();
    }

    /** Resident memory. */
    public long residentBytes() {
        return all().mapToLong(ProcessTree::residentBytes).sum();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static double cpuSeconds(ProcessHandle process) {
        String line = read(process, "stat");
        if (line.isEmpty()) {
            return 0;
        }
        // The second field is the command in parentheses and may hold blanks: count fields after it.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int index = 11; index <= 14; index++) { // utime, stime, cutime, cstime
            ticks += Long.parseLong(fields[index]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long residentBytes(ProcessHandle process) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBI)
                .sum();
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
        } catch (java.nio.file.NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
