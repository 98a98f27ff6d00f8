package io.convoke.node.turn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What carries whole STUN and ChannelData messages to a relay and back. One thread at a time. */
interface TurnPipe extends AutoCloseable {
    void send(byte[] message) throws IOException;

    /** The next message, without padding; null where none comes within the time, or no more will come. */
    byte @Nullable [] receive(Duration bound) throws IOException;

    InetSocketAddress local();

    @Override
    void close();
}
