package io.convoke.node.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** coturn's {@code turnutils_peer}: returns every datagram to its sender. */
public final class TurnutilsPeer implements AutoCloseable {
    private final PeerProcess process;

    private TurnutilsPeer(PeerProcess process) {
        this.process = process;
    }

    /** On this address and UDP port. */
    public static TurnutilsPeer start(Path folder, String address, int port) {
        return new TurnutilsPeer(PeerProcess.start(
                "turnutils_peer",
                folder,
                Map.of(),
                List.of(
                        Programs.require("turnutils_peer", "coturn").toString(),
                        "-L",
                        address,
                        "-p",
                        Integer.toString(port))));
    }

    @Override
    public void close() {
        process.close();
    }
}
