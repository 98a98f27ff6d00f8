package io.convoke.media.relay;

import io.convoke.media.relay.stream.ClientPath;
import io.convoke.media.relay.stream.StreamUser;
import io.convoke.protocols.turn.Client;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnListener;
import java.nio.ByteBuffer;

/** A client on a TCP or TLS path. On the connection's loop. */
final class StreamClient implements ClientLink, StreamUser {
    private final RelayLoop loop;
    private final ClientPath path;
    private final Client client;

    StreamClient(RelayLoop loop, TurnListener listener, ClientPath path) {
        this.loop = loop;
        this.path = path;
        client = new Client(listener, TransportAddress.of(path.remote()));
        client.attach(this);
    }

    ClientPath path() {
        return path;
    }

    @Override
    public void message(byte[] bytes, int offset, int length) {
        loop.fromStream(client, bytes, offset, length);
    }

    @Override
    public boolean isServed() {
        return client.allocation() != null;
    }

    @Override
    public void gone() {
        loop.gone(client);
    }

    @Override
    public RelayLoop home() {
        return loop;
    }

    @Override
    public void send(byte[] message, int offset, int length) {
        path.send(message, offset, length);
    }

    @Override
    public void sendChannelData(int header, ByteBuffer memory, int offset, int length) {
        path.sendChannelData(header, memory, offset, length);
    }

    @Override
    public void flush() {
        path.flush();
    }

    @Override
    public void close() {
        path.close();
    }
}
