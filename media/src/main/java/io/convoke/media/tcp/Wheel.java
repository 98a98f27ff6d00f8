package io.convoke.media.tcp;

import org.jspecify.annotations.Nullable;

/**
 * The deadlines of all connections of one event loop: a wheel of slots, so that setting, moving and dropping one costs the same for one connection and for a
 * hundred thousand. Deadlines are met up to a tick late, never early. Not thread-safe, reads no clock.
 */
public final class Wheel {
    public static final long TICK_NANOS = 100_000_000;
    private static final int SLOTS = 512;

    /** Something with a deadline; extended by nobody, held by whoever has the deadline. */
    public static final class Entry {
        private final Due due;
        private @Nullable Entry before;
        private @Nullable Entry after;
        private int slot = -1;
        private long tick;

        public Entry(Due due) {
            this.due = due;
        }
    }

    /** Who is told that it is time. */
    public interface Due {
        /** The deadline has come; the entry is in no slot now. */
        void handleTimeout(long nowNanos);

        /** The deadline as it is now, {@code Long.MAX_VALUE} for none. */
        long deadlineNanos();
    }

    private final @Nullable Entry[] slots = new @Nullable Entry[SLOTS];
    private final long beginNanos;
    private long tick;

    public Wheel(long nowNanos) {
        beginNanos = nowNanos;
    }

    /** Looks at the entry's deadline again where that has become earlier; a later one is noticed by itself. */
    public void watch(Entry entry) {
        long deadlineNanos = entry.due.deadlineNanos();
        if (deadlineNanos == Long.MAX_VALUE) {
            return;
        }
        long due = Math.max(tick + 1, (deadlineNanos - beginNanos) / TICK_NANOS + 1);
        if (entry.slot >= 0) {
            if (entry.tick <= due) {
                return;
            }
            remove(entry);
        }
        insert(entry, Math.min(due, tick + SLOTS - 1));
    }

    public void remove(Entry entry) {
        if (entry.slot < 0) {
            return;
        }
        if (entry.before == null) {
            slots[entry.slot] = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after != null) {
            entry.after.before = entry.before;
        }
        entry.before = null;
        entry.after = null;
        entry.slot = -1;
    }

    /** Tells all that are due. */
    public void advance(long nowNanos) {
        long target = (nowNanos - beginNanos) / TICK_NANOS;
        while (tick < target) {
            tick++;
            int slot = (int) (tick % SLOTS);
            for (Entry entry = slots[slot]; entry != null; entry = slots[slot]) {
                remove(entry);
                long deadlineNanos = entry.due.deadlineNanos();
                if (deadlineNanos != Long.MAX_VALUE && nowNanos - deadlineNanos >= 0) {
                    entry.due.handleTimeout(nowNanos);
                }
                watch(entry);
            }
        }
    }

    private void insert(Entry entry, long at) {
        int slot = (int) (at % SLOTS);
        Entry first = slots[slot];
        entry.slot = slot;
        entry.tick = at;
        entry.after = first;
        if (first != null) {
            first.before = entry;
        }
        slots[slot] = entry;
    }
}
