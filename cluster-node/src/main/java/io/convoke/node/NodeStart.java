package io.convoke.node;

import io.convoke.node.settings.NodeSettings;

/** Starts what the roles of a node ask for. */
final class NodeStart {
    private NodeStart() {}

    /** Answers when the node serves; what was opened on the way is closed again when it cannot. */
    static RunningNode start(NodeSettings settings) throws StartFailure {
        DataFolder.prepare(settings.data());
        Resources resources = new Resources();
        try {
            resources.add(DataFolderLock.take(settings.data()));
            PortCheck.of(settings);
            return settings.isCore()
                    ? new CoreStart(settings, resources).start()
                    : new EdgeStart(settings, resources).start();
        } catch (StartFailure | RuntimeException failure) {
            resources.close();
            throw failure;
        }
    }
}
