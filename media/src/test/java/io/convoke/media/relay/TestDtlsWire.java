package io.convoke.media.relay;

import io.convoke.media.relay.dtls.DtlsClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/** A DTLS association. */
final class TestDtlsWire implements TestWire {
    private final DtlsClient client;
    private int timeoutMillis;

    TestDtlsWire(InetSocketAddress server) throws IOException {
        client = new DtlsClient(0, server).handshake();
    }

    @Override
    public InetSocketAddress local() {
        return client.local();
    }

    @Override
    public void send(byte[] message) throws IOException {
        client.send(message);
    }

    @Override
    public byte[] receive() throws IOException {
        byte[] message = client.receive(timeoutMillis);
        if (message == null) {
            throw new SocketTimeoutException("Nothing came");
        }
        return message;
    }

    @Override
    public void timeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
