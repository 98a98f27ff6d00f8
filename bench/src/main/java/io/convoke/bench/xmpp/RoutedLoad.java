package io.convoke.bench.xmpp;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Two components with so many IQs in flight between them: one asks, the other answers, and each answer brings the next question. Counts what comes, and builds
 * nothing of it: the generator must have time to spare.
 */
final class RoutedLoad implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final byte[] END = "</iq>".getBytes(StandardCharsets.US_ASCII);

    /** One component's connection. */
    private static final class End {
        private final SocketChannel channel;
        private final byte[] stanza;
        private final int idAt;
        private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
        private final byte[] heap = new byte[BUFFER_BYTES];
        private int matched;
        private int next;

        End(SocketChannel channel, String stanza) {
            this.channel = channel;
            this.stanza = stanza.getBytes(StandardCharsets.US_ASCII);
            idAt = stanza.indexOf("00000000");
        }

        /** Ends of stanzas that have come. */
        int read() throws IOException {
            in.clear();
            int length = channel.read(in);
            if (length < 0) {
                throw new IOException("Expected the stream to go on, but the server ended it");
            }
            in.flip().get(heap, 0, length);
            int count = 0;
            for (int index = 0; index < length; index++) {
                byte octet = heap[index];
                matched = octet == END[matched] ? matched + 1 : octet == '<' ? 1 : 0;
                if (matched == END.length) {
                    matched = 0;
                    count++;
                }
            }
            return count;
        }

        void write(int stanzas) throws IOException {
            out.clear();
            for (int index = 0; index < stanzas; index++) {
                int id = next++;
                for (int digit = 7; digit >= 0; digit--) {
                    stanza[idAt + digit] = (byte) ('0' + id % 10);
                    id /= 10;
                }
                out.put(stanza);
            }
            out.flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }
    }

    private final Selector selector = Selector.open();
    private final End asking;
    private final End answering;

    RoutedLoad(Contender server, int inFlight) throws IOException {
        asking = new End(connect(server, 0), iq("get", 0, 1, "<ping xmlns='urn:xmpp:ping'/>"));
        answering = new End(connect(server, 1), iq("result", 1, 0, "<pong xmlns='urn:xmpp:ping'/>"));
        asking.channel.register(selector, SelectionKey.OP_READ, asking);
        answering.channel.register(selector, SelectionKey.OP_READ, answering);
        asking.write(inFlight);
    }

    /** Stanzas that the server has routed in this time, both ways together. */
    long run(long nanos) throws IOException {
        long deadlineNanos = System.nanoTime() + nanos;
        long routed = 0;
        while (System.nanoTime() - deadlineNanos < 0) {
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                End end = (End) key.attachment();
                int came = end.read();
                routed += came;
                end.write(came);
            }
            selector.selectedKeys().clear();
        }
        return routed;
    }

    private static SocketChannel connect(Contender server, int index) throws IOException {
        SocketChannel channel = SocketChannel.open(server.address(server.ports().components()));
        Socket socket = channel.socket();
        socket.setTcpNoDelay(true);
        ComponentPeer.register(socket, Contender.component(index));
        channel.configureBlocking(false);
        return channel;
    }

    private static String iq(String type, int from, int to, String payload) {
        return String.format(
                Locale.ROOT,
                "<iq type='%s' id='b00000000' from='%s' to='%s'>%s</iq>",
                type,
                Contender.component(from),
                Contender.component(to),
                payload);
    }

    @Override
    public void close() throws IOException {
        asking.channel.close();
        answering.channel.close();
        selector.close();
    }
}
