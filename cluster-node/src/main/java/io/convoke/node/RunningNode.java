package io.convoke.node;

/** A started node. */
interface RunningNode {
    /** Waits until the node has stopped, whatever stopped it. */
    void awaitTermination();
}
