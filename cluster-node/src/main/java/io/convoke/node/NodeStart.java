package io.convoke.node;

import io.convoke.node.settings.NodeSettings;

/** Starts what the roles of a node ask for, in the order in which each part needs the others. */
final class NodeStart {
    private NodeStart() {}

    static RunningNode start(NodeSettings settings) throws StartFailure {
        DataFolder.prepare(settings.data());
        return () -> {};
    }
}
