package io.convoke.media.relay;

import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.DatagramPort;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.turn.ReplyFrom;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loop's UDP listeners. On its thread. */
final class UdpListeners {
    private final RelayLoop loop;
    private final DatagramPlane plane;
    private final List<UdpListener> all = new ArrayList<>();

    UdpListeners(RelayLoop loop, DatagramPlane plane) {
        this.loop = loop;
        this.plane = plane;
    }

    void open(TurnListener listener, InetSocketAddress bound, PortOptions options) throws IOException {
        UdpListener made = new UdpListener(loop, listener);
        DatagramPort port = plane.bind(bound, options, made);
        made.opened(port);
        all.add(made);
    }

    /** The listener of that number; null: it is none of UDP. */
    @Nullable
    UdpListener get(int index) {
        for (int i = 0; i < all.size(); i++) {
            UdpListener listener = all.get(i);
            if (listener.listener().index() == index) {
                return listener;
            }
        }
        return null;
    }

    /** Which one an answer leaves from (RFC 5780 §7.2), the same where there is no other. */
    UdpListener answering(UdpListener asked, ReplyFrom from) {
        TransportAddress own = asked.listener().address();
        TransportAddress other = asked.listener().other();
        if (from == ReplyFrom.SAME || other == null) {
            return asked;
        }
        TransportAddress wanted = switch (from) {
            case OTHER_PORT -> own.withPort(other.port());
            case OTHER_ADDRESS -> other.withPort(own.port());
            default -> other;
        };
        for (UdpListener listener : all) {
            if (listener.listener().address().equals(wanted)) {
                return listener;
            }
        }
        return asked;
    }
}
