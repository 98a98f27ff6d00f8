package io.convoke.media.relay;

import io.convoke.protocols.turn.Transport;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnListener;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which UDP sockets a relay listens on, all ports known: each loop binds all of them. */
record UdpPlan(List<Place> places) {
    /** One of them. */
    record Place(TurnListener listener, InetSocketAddress bound, InetSocketAddress announced) {}

    private static final int NUMBERS_EACH = 8;
    private static final int ALTERNATE = 4;
    private static final int PROBES = 20;

    /** The number of the {@link TurnListener} for a listener of the settings and a transport. */
    static int index(int listener, Transport transport) {
        return listener * NUMBERS_EACH
                + switch (transport) {
                    case UDP -> 0;
                    case TCP -> 1;
                    case TLS -> 2;
                    case DTLS -> 3;
                };
    }

    /** The listener of the settings that a number belongs to. */
    static int listenerOf(int index) {
        return index / NUMBERS_EACH;
    }

    /** Looks for free ports where any will do; whoever is faster may still take them. */
    static UdpPlan of(RelaySettings settings) throws IOException {
        int[] pair = pair(settings.listeners());
        List<Place> places = new ArrayList<>();
        int sharedPort = 0;
        int alternate = 0;
        if (settings.alternatePort() != RelayListener.OFF && pair.length == 2) {
            List<InetAddress> both = List.of(
                    settings.listeners().get(pair[0]).address(),
                    settings.listeners().get(pair[1]).address());
            sharedPort = settings.listeners().get(pair[0]).udpPort();
            sharedPort = sharedPort == 0 ? freePort(both) : sharedPort;
            alternate = settings.alternatePort() == 0 ? freePort(both) : settings.alternatePort();
        }
        for (int i = 0; i < settings.listeners().size(); i++) {
            RelayListener listener = settings.listeners().get(i);
            if (listener.udpPort() == RelayListener.OFF) {
                continue;
            }
            if (alternate != 0 && (i == pair[0] || i == pair[1])) {
                InetAddress other = settings.listeners()
                        .get(i == pair[0] ? pair[1] : pair[0])
                        .announced();
                int number = index(i, Transport.UDP);
                places.add(place(listener, number, sharedPort, new InetSocketAddress(other, alternate)));
                places.add(place(listener, number + ALTERNATE, alternate, new InetSocketAddress(other, sharedPort)));
            } else {
                int port = listener.udpPort() == 0 ? freePort(List.of(listener.address())) : listener.udpPort();
                places.add(place(listener, index(i, Transport.UDP), port, null));
            }
        }
        return new UdpPlan(places);
    }

    private static Place place(RelayListener listener, int index, int port, @Nullable InetSocketAddress other) {
        InetSocketAddress announced = new InetSocketAddress(listener.announced(), port);
        TurnListener made = new TurnListener(
                index,
                Transport.UDP,
                TransportAddress.of(announced),
                other == null ? null : TransportAddress.of(other));
        return new Place(made, new InetSocketAddress(listener.address(), port), announced);
    }

    /** The first two listeners of one family that have the same UDP port; otherwise empty. */
    private static int[] pair(List<RelayListener> listeners) {
        for (int i = 0; i < listeners.size(); i++) {
            for (int j = i + 1; j < listeners.size(); j++) {
                if (arePair(listeners.get(i), listeners.get(j))) {
                    return new int[] {i, j};
                }
            }
        }
        return new int[0];
    }

    private static boolean arePair(RelayListener one, RelayListener other) {
        return one.udpPort() != RelayListener.OFF
                && one.udpPort() == other.udpPort()
                && one.address().getClass() == other.address().getClass()
                && !one.announced().equals(other.announced())
                && !one.address().isAnyLocalAddress()
                && !other.address().isAnyLocalAddress();
    }

    private static int freePort(List<InetAddress> addresses) throws IOException {
        for (int probe = 1; ; probe++) {
            List<DatagramSocket> open = new ArrayList<>();
            try {
                int port = 0;
                for (InetAddress address : addresses) {
                    DatagramSocket socket = new DatagramSocket(port, address);
                    open.add(socket);
                    port = socket.getLocalPort();
                }
                return port;
            } catch (IOException e) {
                if (probe == PROBES) {
                    throw e;
                }
            } finally {
                open.forEach(DatagramSocket::close);
            }
        }
    }
}
