package io.convoke.media.relay;

import java.util.List;

/** The loops of a relay, by the numbers of their shards. */
final class LoopNeighbours {
    private volatile List<RelayLoop> loops = List.of();

    /** Once, when all have been made and before any receives. */
    void are(List<RelayLoop> all) {
        loops = List.copyOf(all);
    }

    RelayLoop get(int shard) {
        return loops.get(shard);
    }

    List<RelayLoop> all() {
        return loops;
    }
}
