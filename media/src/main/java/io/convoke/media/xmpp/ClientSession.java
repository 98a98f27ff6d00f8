package io.convoke.media.xmpp;

import io.convoke.media.tcp.Wheel;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.client.StreamManagement;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A client as the control plane knows it: it has a socket, or is away and may resume on another one (XEP-0198). Thread-safe.
 *
 * <p>What is sent goes through the event loop of the present socket, in order. A session is away only once all of that has been done, and from then on stanzas are
 * kept by whoever sends them.
 */
final class ClientSession implements ClientConnection {
    /** Stanzas that may wait for the event loop, which takes them at once unless it is flooded. */
    private static final int MAX_UNDER_WAY = 2048;

    private enum State {
        ATTACHED,
        /** The socket is gone, what was sent through its event loop is not all done. */
        LEAVING,
        AWAY,
        GONE
    }

    private final ClientServer server;
    private final long id;
    private final Instant since;
    private final AtomicLong stanzasIn = new AtomicLong();
    private final AtomicLong stanzasOut = new AtomicLong();
    private volatile ClientSocket socket;
    private volatile @Nullable Jid address;
    private State state = State.ATTACHED;
    private int underWay;
    private String reason = "";
    private boolean bound;
    private @Nullable StreamManagement management;
    private @Nullable Runnable heir;
    private volatile long leaveNanos = Long.MAX_VALUE;

    ClientSession(ClientServer server, ClientSocket socket, Instant since) {
        this.server = server;
        this.socket = socket;
        this.since = since;
        id = server.nextId();
    }

    /** The control plane has given it an address. False: it is gone already, and the control plane has been told so. */
    synchronized boolean bound(Jid given) {
        address = given;
        bound = true;
        if (state == State.GONE) {
            server.port().clientGone(this, reason, List.of());
            return false;
        }
        return true;
    }

    /** Stream management is on, and the client may resume. */
    synchronized void enabled(StreamManagement enabled) {
        management = enabled;
        if (enabled.isResumable()) {
            server.mayResume(enabled.id(), this);
        }
    }

    void countIn() {
        stanzasIn.incrementAndGet();
    }

    /** The socket has ended. */
    synchronized void left(ClientSocket left, boolean resumable, String why) {
        if (state != State.ATTACHED || left != socket) {
            return;
        }
        reason = why;
        if ((resumable || heir != null) && management != null && server.detach()) {
            state = State.LEAVING;
            leaveNanos = System.nanoTime() + server.settings().resumeTimeout().toNanos();
            settle();
        } else {
            gone();
        }
    }

    private void settle() {
        if (state != State.LEAVING || underWay > 0) {
            return;
        }
        state = State.AWAY;
        Runnable next = heir;
        if (next != null) {
            heir = null;
            next.run();
        } else {
            socket.loop().watchSoon(new Leave());
        }
    }

    /**
     * A new socket of the same client wants to go on: the old one is closed where it is still there. Runs {@code ready} on any thread, once nobody else uses
     * the session's management; then {@link #attach} is due at once. False: nothing to resume.
     */
    synchronized boolean resume(String local, Runnable ready) {
        if (state == State.GONE || heir != null || !local.equals(local())) {
            return false;
        }
        if (state == State.AWAY) {
            ready.run();
            return true;
        }
        heir = ready;
        if (state == State.ATTACHED) {
            socket.replaced();
        }
        return true;
    }

    /** Goes on with another socket. Null: it is too late. */
    synchronized @Nullable StreamManagement attach(ClientSocket next) {
        if (state != State.AWAY) {
            return null;
        }
        server.attached();
        state = State.ATTACHED;
        leaveNanos = Long.MAX_VALUE;
        socket = next;
        return management;
    }

    private void gone() {
        if (state == State.GONE) {
            return;
        }
        state = State.GONE;
        leaveNanos = Long.MAX_VALUE;
        StreamManagement last = management;
        if (last != null) {
            server.mayNotResume(last.id());
        }
        if (bound) {
            server.port().clientGone(this, reason, last == null ? List.of() : last.unacknowledged());
        }
    }

    private synchronized void giveUp(long nowNanos) {
        if (state == State.AWAY && nowNanos - leaveNanos >= 0) {
            server.attached();
            gone();
        }
    }

    @Override
    public synchronized void send(Element stanza) {
        switch (state) {
            case ATTACHED, LEAVING -> pass(stanza);
            case AWAY -> keep(stanza);
            case GONE -> {}
        }
        stanzasOut.incrementAndGet();
    }

    private void pass(Element stanza) {
        if (underWay < MAX_UNDER_WAY) {
            underWay++;
            ClientSocket through = socket;
            through.loop().eventLoop().execute(() -> through.deliver(this, stanza));
        } else if (state == State.ATTACHED) {
            socket.close(StreamCondition.RESOURCE_CONSTRAINT, "Expected fewer stanzas at once");
        }
    }

    /** On the socket's event loop: a stanza has come that far; {@code taken}: the socket has sent it, or kept it in the management. */
    synchronized void delivered(Element stanza, boolean taken) {
        underWay--;
        if (!taken && state == State.LEAVING) {
            keep(stanza);
        }
        settle();
    }

    private void keep(Element stanza) {
        StreamManagement kept = management;
        if (kept != null && !kept.queue(stanza)) {
            if (state == State.AWAY || state == State.LEAVING) {
                server.attached();
            }
            reason = "resource-constraint: Too much waited for a client that was away";
            gone();
        }
    }

    @Override
    public synchronized void close(StreamCondition condition, String text) {
        if (state == State.ATTACHED) {
            socket.close(condition, text);
        } else if (state != State.GONE) {
            server.attached();
            reason = condition.element() + ": " + text;
            gone();
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String local() {
        return socket.local();
    }

    @Override
    public Jid address() {
        Jid given = address;
        if (given == null) {
            throw new IllegalStateException("Expected the client to have bound a resource");
        }
        return given;
    }

    @Override
    public String transport() {
        return socket.transport();
    }

    @Override
    public String remoteAddress() {
        return socket.remoteAddress();
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public synchronized Traffic traffic() {
        return new Traffic(
                stanzasIn.get(),
                stanzasOut.get(),
                socket.pendingBytes(),
                state == State.AWAY || state == State.LEAVING);
    }

    /** The end of the time to come back. */
    private final class Leave implements Wheel.Due {
        private final long untilNanos = leaveNanos;

        @Override
        public long deadlineNanos() {
            return leaveNanos == untilNanos ? untilNanos : Long.MAX_VALUE;
        }

        @Override
        public void handleTimeout(long nowNanos) {
            giveUp(nowNanos);
        }
    }
}
