package io.convoke.media.sfu;

import io.convoke.media.dtls.ComputingTransport;
import io.convoke.protocols.dtls.DatagramQueue;
import io.convoke.protocols.dtls.DtlsClientEndpoint;
import io.convoke.protocols.dtls.DtlsFailure;
import io.convoke.protocols.dtls.DtlsGuard;
import io.convoke.protocols.dtls.DtlsResult;
import io.convoke.protocols.dtls.DtlsSettings;
import io.convoke.protocols.sdp.Fingerprint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One session's DTLS: datagrams pass the guard into a bounded queue, a handshake thread reads them there, and what it writes comes back to
 * the event loop to be sent. Nobody waits on the connection after the handshake; it is read when something came for it.
 */
final class DtlsLink {
    private static final int QUEUED_DATAGRAMS = 32;

    private final SfuLoop loop;
    private final Session session;
    private final AtomicBoolean reading = new AtomicBoolean();
    private List<Fingerprint> fingerprints = List.of();
    private @Nullable DatagramQueue queue;
    private @Nullable DtlsResult connection;
    private boolean closed;

    DtlsLink(SfuLoop loop, Session session) {
        this.loop = loop;
        this.session = session;
    }

    /** Begins the handshake, or queues for it. The peer must show a certificate with one of these fingerprints. */
    void start(List<Fingerprint> remoteFingerprints) {
        fingerprints = remoteFingerprints;
        queue = new DatagramQueue(QUEUED_DATAGRAMS, this::send);
        loop.handshakes().submit(this);
    }

    /** A datagram from an address of the session's; {@code in} stays the caller's. */
    void datagram(byte[] in, int length) {
        DatagramQueue to = queue;
        if (!DtlsGuard.admits(in, 0, length)) {
            loop.counters().drop(DropReason.DTLS_GUARD);
        } else if (to == null || !to.offer(Arrays.copyOf(in, length))) {
            loop.counters().drop(DropReason.DTLS_UNEXPECTED);
        } else if (connection != null) {
            readSoon(connection);
        }
    }

    /** Runs on a handshake thread. */
    void handshake() {
        DatagramQueue from = queue;
        if (from == null) {
            throw new IllegalStateException("Expected a link that was started");
        }
        ComputingTransport transport =
                new ComputingTransport(from, loop.handshakes().computing());
        transport.begin();
        try {
            DtlsResult result = endpoint().connect(transport);
            loop.execute(session, null, () -> succeeded(result));
        } catch (DtlsFailure e) {
            loop.execute(session, null, () -> failed("DTLS: " + e.getMessage()));
        } catch (RuntimeException bug) {
            loop.execute(session, null, () -> failed("DTLS: internal error"));
            throw bug;
        } finally {
            transport.end();
        }
    }

    void close() {
        closed = true;
        loop.handshakes().withdraw(this);
        DtlsResult open = connection;
        DatagramQueue waiting = queue;
        if (open != null) {
            afterwards(open::close); // says close_notify
        } else if (waiting != null) {
            waiting.close();
        }
    }

    private DtlsClientEndpoint endpoint() {
        DtlsSettings usual = DtlsSettings.DEFAULT;
        int timeoutMillis = (int) loop.settings().handshakeTimeout().toMillis();
        return new DtlsClientEndpoint(
                loop.identity(), fingerprints, new DtlsSettings(usual.profiles(), timeoutMillis, usual.resendMillis()));
    }

    private void succeeded(DtlsResult result) {
        loop.handshakes().ended(true);
        if (closed) {
            afterwards(result::close);
        } else {
            connection = result;
            session.secured(result);
            readSoon(result); // what came between the handshake's end and now
        }
    }

    private void failed(String words) {
        loop.handshakes().ended(false);
        if (!closed) {
            session.end(MediaState.FAILED, words);
        }
    }

    /** On any thread. */
    private void send(byte[] bytes, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        loop.execute(session, null, () -> session.ice().send(copy, copy.length));
    }

    private void readSoon(DtlsResult from) {
        if (reading.compareAndSet(false, true)) {
            afterwards(() -> read(from));
        }
    }

    /** The peer's goodbye, its alerts, and its handshake's last flight where ours got lost. Application data is not expected. */
    private void read(DtlsResult from) {
        byte[] ignored = new byte[SfuLoop.MAX_DATAGRAM_BYTES];
        reading.set(false); // what comes from here on schedules another read
        try {
            while (true) {
                from.transport().receive(ignored, 0, ignored.length, 1);
            }
        } catch (InterruptedIOException nothingWaits) {
            // All that came has been read.
        } catch (IOException over) {
            loop.execute(session, null, () -> session.end(MediaState.CLOSED, "The client closed the connection"));
        }
    }

    private void afterwards(Runnable task) {
        try {
            loop.handshakes().afterwards().execute(task);
        } catch (RejectedExecutionException stopped) {
            // The whole unit is stopping: nothing is left to read, and the socket closes anyway.
        }
    }
}
