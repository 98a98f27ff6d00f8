package io.convoke.media.relay.peer;

import io.convoke.media.relay.stream.StreamConnection;
import java.net.InetSocketAddress;

/** A TCP connection with a peer. On its event loop. */
public interface PeerStream {
    InetSocketAddress remote();

    /** Says who is told of the connection. Once. */
    void listener(Listener listener);

    /** Bytes pass between the two from now on, in both directions, behind what was sent to the client before. */
    void join(StreamConnection client);

    /** Ends both connections, without waiting for what is under way. */
    void close();

    /** Whoever has the connection. */
    interface Listener {
        /** Bytes of a peer's. Answers whether more may come at once; it is asked again, with 0, before they do. */
        boolean toClient(int bytes);

        /** Bytes of the client's, likewise. */
        boolean toPeer(int bytes);

        /** The peer's connection has ended, and with it the client's. Last. */
        void ended();
    }
}
