package io.convoke.media.relay.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** One client's connection. On its event loop, where nothing else is said. */
public interface StreamConnection extends ClientPath {
    /** Whether it is TLS. */
    boolean encrypted();

    InetSocketAddress local();

    /**
     * From now on bytes pass as they are, in both directions. What was sent before goes out first; what came behind the message that is being handled is the
     * tunnel's first.
     */
    void tunnel(Tunnel through);

    /** Closes at once, without sending what waits. From any thread. */
    void abort();

    /** Where a tunnel writes to, and stops reading from. */
    Channel channel();

    /** What is behind a connection that passes bytes as they are. */
    interface Tunnel {
        /** What was sent before has gone out: the tunnel may write. */
        void clientReady();

        /** The tunnel's buffer from now on. */
        void fromClient(ByteBuf bytes);

        /** The client sends no more, but may read. */
        void clientFinished();

        /** The channel takes bytes again, or does not. */
        void clientWritabilityChanged();

        /** The connection has ended. */
        void clientGone();
    }
}
