package io.convoke.media.relay;

import io.convoke.media.udp.DatagramFlow;
import io.convoke.media.udp.DatagramPort;
import io.convoke.media.udp.DatagramReceiver;
import io.convoke.protocols.turn.AddressTable;
import io.convoke.protocols.turn.Client;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnListener;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A loop's socket on one listening address, and the clients with an allocation that came to it. On the loop's thread. */
final class UdpListener implements DatagramReceiver {
    private static final int CHANNEL_DATA_MASK = 0xC0;
    private static final int CHANNEL_DATA = 0x40;

    private final RelayLoop loop;
    private final TurnListener listener;
    private final AddressTable<Client> clients = new AddressTable<>();
    private @Nullable DatagramPort socket;

    UdpListener(RelayLoop loop, TurnListener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    TurnListener listener() {
        return listener;
    }

    void opened(DatagramPort open) {
        socket = open;
    }

    @Override
    public void received(DatagramPort port, long high, long low, int senderPort, int offset, int length, int segment) {
        ByteBuffer memory = loop.memory();
        long nowNanos = loop.nowNanos();
        Client client = clients.get(high, low, senderPort);
        int end = offset + length;
        for (int at = offset; at < end; at += segment) {
            int bytes = Math.min(segment, end - at);
            if ((memory.get(at) & CHANNEL_DATA_MASK) == CHANNEL_DATA) {
                loop.path().fromClient(nowNanos, client, at, bytes);
            } else {
                loop.fromUdp(client == null ? stranger(high, low, senderPort) : client, at, bytes);
                client = clients.get(high, low, senderPort);
            }
        }
    }

    /** A client from now on: it has an allocation. */
    void enter(Client client) {
        clients.put(client.address(), client);
    }

    void leave(Client client) {
        if (clients.get(client.address()) == client) {
            clients.remove(client.address());
        }
    }

    /** The client at this address is another loop's from now on. */
    void enterElsewhere(Elsewhere elsewhere) {
        Client standIn = new Client(listener, elsewhere.client().address());
        standIn.attach(elsewhere);
        clients.put(standIn.address(), standIn);
    }

    void leaveElsewhere(Client client) {
        Client known = clients.get(client.address());
        if (known != null && known.attachment() instanceof Elsewhere elsewhere && elsewhere.client() == client) {
            clients.remove(client.address());
        }
    }

    DatagramFlow flow(TransportAddress to) {
        return socket().flow(to.high(), to.low(), to.port());
    }

    private DatagramPort socket() {
        return Objects.requireNonNull(socket, "set as soon as it is bound");
    }

    private Client stranger(long high, long low, int port) {
        Client client = new Client(listener, new TransportAddress(high, low, port));
        client.attach(new UdpClient(socket().flow(high, low, port), loop));
        return client;
    }
}
