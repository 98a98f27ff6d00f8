package io.convoke.bench;

import java.util.List;

/** Call IDs that no part of the load has used yet. */
final class Meetings {
    private final List<String> callIds;
    private int taken;

    Meetings(List<String> callIds) {
        this.callIds = callIds;
    }

    List<String> take(int count) {
        taken += count;
        return callIds.subList(taken - count, taken);
    }
}
