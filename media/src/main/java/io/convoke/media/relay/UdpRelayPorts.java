package io.convoke.media.relay;

import io.convoke.media.udp.DatagramPlane;
import io.convoke.media.udp.PortOptions;
import io.convoke.protocols.turn.AddressFamily;
import io.convoke.protocols.turn.OpenFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a loop's UDP relay ports. */
final class UdpRelayPorts {
    private static final Logger LOG = LoggerFactory.getLogger(UdpRelayPorts.class);
    /** Ports that other programs hold, tried one after the other. */
    private static final int MOST_ATTEMPTS = 256;

    /** What came of it: ports, the second one if it was asked for, or why there is none. */
    record Outcome(@Nullable UdpRelayPort port, @Nullable UdpRelayPort next, OpenFailure failure) {}

    private final DatagramPlane plane;
    private final DataPath path;
    private final List<PortRange> ranges;
    private final RandomGenerator random;
    private boolean warned;

    UdpRelayPorts(DatagramPlane plane, DataPath path, List<PortRange> ranges, RandomGenerator random) {
        this.plane = plane;
        this.path = path;
        this.ranges = ranges;
        this.random = random;
    }

    /** @param local where the client's listener is bound: its address is preferred */
    Outcome open(AddressFamily family, InetAddress local, boolean even, boolean pair) {
        PortRange range = PortRange.best(ranges, family, local);
        if (range == null) {
            return new Outcome(null, null, OpenFailure.NO_FAMILY);
        }
        List<Integer> busy = new ArrayList<>();
        try {
            for (int attempt = 0; attempt < Math.min(MOST_ATTEMPTS, range.size()); attempt++) {
                int port = pair ? range.takePair(random) : range.take(random, even);
                if (port == PortRange.NONE) {
                    break;
                }
                UdpRelayPort first = bind(range, port, busy);
                UdpRelayPort second = first != null && pair ? bind(range, port + 1, busy) : null;
                if (first != null && (!pair || second != null)) {
                    return new Outcome(first, second, OpenFailure.NO_PORT);
                }
                if (first != null) {
                    first.close();
                } else if (pair) {
                    range.free(port + 1);
                }
            }
            return new Outcome(null, null, OpenFailure.NO_PORT);
        } catch (IOException e) {
            failed(e);
            return new Outcome(null, null, OpenFailure.NO_PORT);
        } finally {
            busy.forEach(range::free);
        }
    }

    /** No more files, no more memory, an address that is gone: said once, as the next thousand will fail likewise. */
    private void failed(IOException failure) {
        if (warned) {
            LOG.debug("A relay port could not be opened", failure);
        } else {
            warned = true;
            LOG.warn("A relay port could not be opened; later failures are logged at debug level", failure);
        }
    }

    /** Null if another program has the port, which is not tried again this time. */
    private @Nullable UdpRelayPort bind(PortRange range, int port, List<Integer> busy) throws IOException {
        UdpRelayPort relayPort = new UdpRelayPort(range, port);
        try {
            InetSocketAddress address = new InetSocketAddress(range.address().local(), port);
            relayPort.opened(plane.bind(
                    address,
                    PortOptions.fast(),
                    (socket, high, low, sender, offset, length, segment) ->
                            path.fromPeer(relayPort, high, low, sender, offset, length, segment)));
            return relayPort;
        } catch (BindException e) {
            busy.add(port);
            return null;
        } catch (IOException e) {
            range.free(port);
            throw e;
        }
    }
}
