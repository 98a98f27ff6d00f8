package io.convoke.protocols.turn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Allocations by when they next need a look: a binary heap that each allocation knows its place in, so that removing one is cheap. */
final class DeadlineHeap {
    private static final int FIRST_CAPACITY = 16;

    private @Nullable Allocation[] heap = new @Nullable Allocation[FIRST_CAPACITY];
    private int size;

    /** The nearest deadline; {@link Long#MAX_VALUE} when empty. */
    long nearestNanos() {
        Allocation first = heap[0];
        return first == null ? Long.MAX_VALUE : first.lookAtNanos();
    }

    /** The allocation whose deadline is nearest if it has passed; null otherwise. */
    @Nullable
    Allocation due(long nowNanos) {
        Allocation first = heap[0];
        return first != null && first.lookAtNanos() - nowNanos <= 0 ? first : null;
    }

    void add(Allocation allocation, long deadlineNanos) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        allocation.lookAt(deadlineNanos);
        place(allocation, size);
        size++;
        up(allocation);
    }

    void change(Allocation allocation, long deadlineNanos) {
        allocation.lookAt(deadlineNanos);
        up(allocation);
        down(allocation);
    }

    void remove(Allocation allocation) {
        int hole = allocation.heapIndex();
        size--;
        Allocation last = heap[size];
        heap[size] = null;
        if (last != null && last != allocation) {
            place(last, hole);
            up(last);
            down(last);
        }
    }

    private void up(Allocation allocation) {
        int at = allocation.heapIndex();
        while (at > 0) {
            int above = (at - 1) / 2;
            Allocation parent = heap[above];
            if (parent == null || !isBefore(allocation, parent)) {
                break;
            }
            place(parent, at);
            at = above;
        }
        place(allocation, at);
    }

    private void down(Allocation allocation) {
        int at = allocation.heapIndex();
        while (true) {
            Allocation child = nearerChild(at);
            if (child == null || !isBefore(child, allocation)) {
                break;
            }
            int below = child.heapIndex();
            place(child, at);
            at = below;
        }
        place(allocation, at);
    }

    private @Nullable Allocation nearerChild(int at) {
        int left = 2 * at + 1;
        if (left >= size) {
            return null;
        }
        Allocation first = heap[left];
        Allocation second = left + 1 < size ? heap[left + 1] : null;
        return first != null && second != null && isBefore(second, first) ? second : first;
    }

    private void place(Allocation allocation, int at) {
        heap[at] = allocation;
        allocation.heapIndex(at);
    }

    private static boolean isBefore(Allocation one, Allocation other) {
        return one.lookAtNanos() - other.lookAtNanos() < 0;
    }
}
