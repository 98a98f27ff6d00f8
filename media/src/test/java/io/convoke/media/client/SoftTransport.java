package io.convoke.media.client;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** Datagrams between a {@link SoftClient}'s socket and its DTLS. */
final class SoftTransport implements DatagramTransport {
    interface Output {
        void send(byte[] bytes, int offset, int length) throws IOException;
    }

    private static final int MTU = 1200;

    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
    private final Output output;

    SoftTransport(Output output) {
        this.output = output;
    }

    void arrived(byte[] datagram) {
        arrived.add(datagram);
    }

    @Override
    public int getReceiveLimit() {
        return 2048;
    }

    @Override
    public int getSendLimit() {
        return MTU;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        try {
            byte[] datagram = arrived.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            int copied = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, copied);
            return copied;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) throws IOException {
        output.send(bytes, offset, length);
    }

    @Override
    public void close() {
        arrived.clear();
    }
}
