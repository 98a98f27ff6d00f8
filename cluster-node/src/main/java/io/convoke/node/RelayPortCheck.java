package io.convoke.node;

import io.convoke.media.relay.RelayListener;
import io.convoke.protocols.turn.TransportAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.List;

/**
 * Looks whether the relay's ports are free. Its event loops share each port (SO_REUSEPORT), and would share it with the loops of another relay of the same
 * user as well: half of the clients would be that one's.
 */
final class RelayPortCheck {
    private RelayPortCheck() {}

    /** Fails with the first port that is somebody else's. Blocks. */
    static void of(List<RelayListener> listeners) throws BindException {
        for (RelayListener listener : listeners) {
            udp(listener.address(), listener.udpPort());
            udp(listener.address(), listener.dtlsPort());
            tcp(listener.address(), listener.tcpPort());
            tcp(listener.address(), listener.tlsPort());
        }
    }

    private static void udp(InetAddress address, int port) throws BindException {
        if (port > 0) {
            try (DatagramSocket probe = new DatagramSocket((SocketAddress) null)) {
                probe.setReuseAddress(false);
                probe.bind(new InetSocketAddress(address, port));
            } catch (IOException failure) {
                throw refusal("UDP", address, port, failure);
            }
        }
    }

    private static void tcp(InetAddress address, int port) throws BindException {
        if (port > 0) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(address, port));
            } catch (IOException failure) {
                throw refusal("TCP", address, port, failure);
            }
        }
    }

    private static BindException refusal(String protocol, InetAddress address, int port, IOException failure) {
        BindException words = new BindException(protocol + " "
                + TransportAddress.of(new InetSocketAddress(address, port)) + ": " + failure.getMessage());
        words.initCause(failure);
        return words;
    }
}
