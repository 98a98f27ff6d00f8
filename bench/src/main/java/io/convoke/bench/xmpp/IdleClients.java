package io.convoke.bench.xmpp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Guests without TLS who log in, bind a resource, and then say nothing any more. */
final class IdleClients implements AutoCloseable {
    private static final int TOGETHER = 64;
    private static final int PER_SOURCE = 1000;
    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client'"
            + " xmlns:stream='http://etherx.jabber.org/streams' to='" + Contender.DOMAIN + "' version='1.0'>";
    /** What is sent, each after what is awaited. */
    private static final String[][] STEPS = {
        {"</stream:features>", "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>"},
        {"<success", HEADER},
        {"</stream:features>", "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"},
        {"</iq>", ""}
    };

    private static final class Client {
        private final StringBuilder heard = new StringBuilder();
        private int step;
    }

    private final Contender server;
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 << 10);
    private int ready;

    IdleClients(Contender server) throws IOException {
        this.server = server;
    }

    /** Returns when there are so many. */
    void growTo(int count) throws IOException {
        while (ready < count) {
            while (channels.size() < count && channels.size() - ready < TOGETHER) {
                begin();
            }
            if (selector.select(30_000) == 0) {
                throw new IOException("Expected " + count + " clients, but after " + ready + " nothing came");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                read(key);
            }
            selector.selectedKeys().clear();
        }
    }

    private void begin() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(new InetSocketAddress("127.0.2." + (1 + channels.size() / PER_SOURCE), 0));
        channel.connect(server.address(server.ports().clients()));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Client());
        channels.add(channel);
        send(channel, HEADER);
    }

    private void read(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        Client client = (Client) key.attachment();
        buffer.clear();
        if (channel.read(buffer) < 0) {
            throw new IOException("Expected the login to go on, but the server ended it: " + client.heard);
        }
        buffer.flip();
        client.heard.append(StandardCharsets.UTF_8.decode(buffer));
        while (client.step < STEPS.length && client.heard.indexOf(STEPS[client.step][0]) >= 0) {
            client.heard.setLength(0);
            send(channel, STEPS[client.step][1]);
            client.step++;
            if (client.step == STEPS.length) {
                ready++;
            }
        }
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
