package io.convoke.actors.relay;

import io.convoke.actors.c2w.IceServer;
import java.util.List;
import java.util.UUID;

/** A relay as a web bridge knows it: gives participants access to it, and says whom they may reach through it. Thread-safe, never blocks. */
public interface RelayAccess {
    /** Without any relay. */
    RelayAccess NONE = new RelayAccess() {
        @Override
        public List<IceServer> open(UUID participant, String host) {
            return List.of();
        }

        @Override
        public void close(UUID participant) {}

        @Override
        public void announced(UUID link, List<String> mediaAddresses) {}

        @Override
        public void withdrawn(UUID link) {}

        @Override
        public void lost(UUID link) {}
    };

    /**
     * Servers for somebody who has just joined, with credentials of the participant's own where the servers want some.
     *
     * @param host by which the participant reached the web bridge: a name or an address, without a port; empty if unknown
     */
    List<IceServer> open(UUID participant, String host);

    /** The participant's call is over: so are the credentials, and what was allocated with them. */
    void close(UUID participant);

    /** A callbridge is connected on this link, and takes media at these addresses, as {@code address:port}. */
    void announced(UUID link, List<String> mediaAddresses);

    /** The link was ended in order, and with it go the callbridge's media addresses. */
    void withdrawn(UUID link);

    /** The link broke: calls may go on without it until the callbridge is back, but nothing new is allowed towards its media. */
    void lost(UUID link);
}
