package io.convoke.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time that the kernel booked on a process, from {@code /proc/<pid>/stat}. */
final class CpuClock {
    /** USER_HZ: the unit of utime and stime, 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private final Path stat;

    CpuClock(long pid) {
        this.stat = Path.of("/proc/" + pid + "/stat");
    }

    /** CPU seconds since the process started, user and system together: how they divide, the kernel only guesses from its ticks. */
    double seconds() throws IOException {
        String line = Files.readString(stat);
        // The second field is the command in parentheses and may hold blanks: count fields after it.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }
}
