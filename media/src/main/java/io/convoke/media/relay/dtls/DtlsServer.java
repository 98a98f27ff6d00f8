package io.convoke.media.relay.dtls;

import io.convoke.media.relay.stream.ClientPath;
import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.media.relay.stream.StreamUser;
import io.convoke.media.tcp.Census;
import io.convoke.protocols.dtls.DtlsServerEndpoint;
import io.convoke.protocols.dtls.DtlsServerIdentity;

/** What a relay's DTLS listeners share, on all loops. Safe from any thread. */
public final class DtlsServer implements AutoCloseable {
    /** Who is told of associations. */
    @FunctionalInterface
    public interface Opening {
        /** A client has done the handshake. On its loop. */
        StreamUser opened(ClientPath path);
    }

    private final DtlsServerEndpoint endpoint;
    private final StreamLimits limits;
    private final Census census;
    private final DtlsHandshakes handshakes;
    private final DtlsCounters counters = new DtlsCounters();

    public DtlsServer(DtlsServerIdentity identity, StreamLimits limits) {
        endpoint = new DtlsServerEndpoint(
                identity, Math.max(1, (int) limits.handshakeTimeout().toMillis()));
        this.limits = limits;
        census = new Census(limits.maxAssociations(), limits.maxPerSource());
        handshakes = new DtlsHandshakes(limits.maxHandshakes());
    }

    public DtlsCounters.Snapshot counters() {
        return counters.snapshot();
    }

    /** Associations there are, those in their handshakes among them. */
    public int associations() {
        return census.count();
    }

    /** Ends the threads; the ports are closed before. */
    @Override
    public void close() {
        handshakes.close();
    }

    DtlsServerEndpoint endpoint() {
        return endpoint;
    }

    StreamLimits limits() {
        return limits;
    }

    Census census() {
        return census;
    }

    DtlsHandshakes handshakes() {
        return handshakes;
    }

    DtlsCounters counts() {
        return counters;
    }
}
