package io.convoke.media.relay;

import io.convoke.media.udp.DatagramFlow;
import io.convoke.media.udp.DatagramPort;
import io.convoke.protocols.turn.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Behind NAT: the relay's own addresses as the outside knows them, and as this machine does. Allocations of one relay that talk to each other
 * know only the former; as few NATs send back what comes from inside, their packets take the latter. Immutable.
 */
final class NatMap {
    private final TransportAddress[] announced;
    private final TransportAddress[] local;

    NatMap(List<RelayAddress> addresses) {
        List<RelayAddress> mapped = addresses.stream()
                .filter(address -> !address.local().equals(address.announced()))
                .toList();
        announced = mapped.stream().map(address -> of(address.announced())).toArray(TransportAddress[]::new);
        local = mapped.stream().map(address -> of(address.local())).toArray(TransportAddress[]::new);
    }

    private static TransportAddress of(InetAddress ip) {
        return TransportAddress.of(new InetSocketAddress(ip, 0));
    }

    /** The way to a peer. */
    DatagramFlow flow(DatagramPort from, TransportAddress peer) {
        for (int i = 0; i < announced.length; i++) {
            if (announced[i].isSameIp(peer)) {
                return from.flow(local[i].high(), local[i].low(), peer.port());
            }
        }
        return from.flow(peer.high(), peer.low(), peer.port());
    }

    /** Where this machine reaches a peer. */
    TransportAddress local(TransportAddress peer) {
        for (int i = 0; i < announced.length; i++) {
            if (announced[i].isSameIp(peer)) {
                return local[i].withPort(peer.port());
            }
        }
        return peer;
    }

    /** How a peer is known outside. */
    TransportAddress announced(TransportAddress peer) {
        int own = sender(peer.high(), peer.low());
        return own < 0 ? peer : announced[own].withPort(peer.port());
    }

    /** Which of the relay's addresses a packet came from, or -1 if the sender is known by the address it has. */
    int sender(long high, long low) {
        for (int i = 0; i < local.length; i++) {
            if (local[i].low() == low && local[i].high() == high) {
                return i;
            }
        }
        return -1;
    }

    TransportAddress announced(int index) {
        return announced[index];
    }
}
