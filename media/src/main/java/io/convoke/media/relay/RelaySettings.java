package io.convoke.media.relay;

import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.protocols.turn.TurnSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a relay is started with.
 *
 * @param relayAddresses from which allocations talk to peers; empty: the listeners' own. An allocation gets its listener's address if that is
 *     of the wanted family, otherwise the first that is
 * @param alternatePort second UDP port for NAT behaviour discovery (RFC 5780), opened where two addresses of one family listen; 0 for any
 *     that is free, {@link RelayListener#OFF} for none
 * @param tls null: the listeners have no TLS and DTLS ports
 * @param firstRelayPort of the range from which relay ports are drawn by lot, likewise {@code lastRelayPort}
 * @param loops event loops, each with sockets of its own
 * @param sendBufferBytes of listening UDP sockets; 0 for the system's default, likewise {@code receiveBufferBytes}
 * @param epoll whether epoll is used where the platform has it; otherwise NIO
 */
public record RelaySettings(
        List<RelayListener> listeners,
        List<RelayAddress> relayAddresses,
        int alternatePort,
        @Nullable RelayTls tls,
        int firstRelayPort,
        int lastRelayPort,
        int loops,
        int sendBufferBytes,
        int receiveBufferBytes,
        boolean epoll,
        TurnSettings turn,
        StreamLimits streams) {
    /** Most event loops: shards are numbered with one byte. */
    public static final int MOST_LOOPS = 256;

    /** @throws IllegalArgumentException if there is no listener, no relay port or no loop */
    public RelaySettings {
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("Expected a listener, but found none");
        }
        if (firstRelayPort < 1 || firstRelayPort > lastRelayPort || lastRelayPort > 65_535) {
            throw new IllegalArgumentException(
                    "Expected a range of ports, but found " + firstRelayPort + " to " + lastRelayPort);
        }
        if (loops < 1 || loops > MOST_LOOPS) {
            throw new IllegalArgumentException("Expected 1 to " + MOST_LOOPS + " loops, but found " + loops);
        }
        listeners = List.copyOf(listeners);
        relayAddresses = List.copyOf(relayAddresses);
    }

    /** One UDP listener, any port of the dynamic range, one loop: for tests and measurements. */
    public static RelaySettings udp(InetAddress address, int port, String realm) {
        return new RelaySettings(
                List.of(RelayListener.udp(address, port)),
                List.of(),
                RelayListener.OFF,
                null,
                49_152,
                65_535,
                1,
                0,
                0,
                true,
                TurnSettings.of(realm),
                StreamLimits.DEFAULT);
    }

    /** These settings with other listeners. */
    public RelaySettings listeners(List<RelayListener> others) {
        return new RelaySettings(
                others,
                relayAddresses,
                alternatePort,
                tls,
                firstRelayPort,
                lastRelayPort,
                loops,
                sendBufferBytes,
                receiveBufferBytes,
                epoll,
                turn,
                streams);
    }

    /** Addresses of allocations: those given, or else the listeners'. */
    List<RelayAddress> allRelayAddresses() {
        if (!relayAddresses.isEmpty()) {
            return relayAddresses;
        }
        List<RelayAddress> own = new ArrayList<>();
        for (RelayListener listener : listeners) {
            RelayAddress address = new RelayAddress(listener.address(), listener.announced());
            if (!own.contains(address)) {
                own.add(address);
            }
        }
        return own;
    }
}
