package io.convoke.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** CPU time of this process's threads whose names begin alike, since {@link #of}. They must live on. */
final class ThreadCpu {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Long> ids;
    private final long beginNanos;

    private ThreadCpu(List<Long> ids) {
        this.ids = ids;
        beginNanos = sum();
    }

    static ThreadCpu of(String namePrefix) {
        List<Long> ids = new ArrayList<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(namePrefix)) {
                ids.add(thread.getThreadId());
            }
        }
        if (ids.isEmpty()) {
            throw new IllegalStateException("Expected threads named " + namePrefix + "…, but there are none");
        }
        return new ThreadCpu(ids);
    }

    double seconds() {
        return (sum() - beginNanos) / 1e9;
    }

    private long sum() {
        long nanos = 0;
        for (long id : ids) {
            nanos += THREADS.getThreadCpuTime(id);
        }
        return nanos;
    }
}
