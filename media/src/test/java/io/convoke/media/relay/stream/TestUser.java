package io.convoke.media.relay.stream;

import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps what comes, and answers each message with itself where it is to. */
final class TestUser implements StreamUser {
    final StreamConnection connection;
    final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    final CountDownLatch gone = new CountDownLatch(1);
    private final TestServer server;

    TestUser(TestServer server, StreamConnection connection) {
        this.server = server;
        this.connection = connection;
    }

    @Override
    public void message(byte[] bytes, int offset, int length) {
        messages.add(Arrays.copyOfRange(bytes, offset, offset + length));
        if (server.echo) {
            connection.send(bytes, offset, length);
        }
    }

    @Override
    public boolean isServed() {
        return server.served;
    }

    @Override
    public void gone() {
        gone.countDown();
    }
}
