package io.convoke.actors.xmpp.server;

import io.convoke.media.xmpp.ClientConnection;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A client's connection as the wire would have it. */
final class FakeClient implements ClientConnection {
    private static final AtomicLong IDS = new AtomicLong();

    final BlockingQueue<Element> inbox = new LinkedBlockingQueue<>();
    final BlockingQueue<StreamCondition> closed = new LinkedBlockingQueue<>();
    private final long id = IDS.incrementAndGet();
    private final String local;
    private volatile @Nullable Jid address;

    FakeClient(String local) {
        this.local = local;
    }

    FakeClient bind(TestXmppNode node, @Nullable String resource) {
        address = node.port()
                .bind(this, Optional.ofNullable(resource))
                .toCompletableFuture()
                .join();
        return this;
    }

    Element receive() throws InterruptedException {
        Element stanza = inbox.poll(TestXmppNode.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (stanza == null) {
            throw new AssertionError("Expected a stanza for " + address);
        }
        return stanza;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String local() {
        return local;
    }

    @Override
    public Jid address() {
        Jid bound = address;
        if (bound == null) {
            throw new IllegalStateException("Expected a client that has bound");
        }
        return bound;
    }

    @Override
    public String transport() {
        return "tls";
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.7";
    }

    @Override
    public Instant since() {
        return TestXmppNode.NOW;
    }

    @Override
    public void send(Element stanza) {
        inbox.add(stanza);
    }

    @Override
    public void close(StreamCondition condition, String text) {
        closed.add(condition);
    }

    @Override
    public Traffic traffic() {
        return new Traffic(1, 2, 3, false);
    }
}
