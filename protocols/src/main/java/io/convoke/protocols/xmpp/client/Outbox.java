package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Keepalive;
import io.convoke.protocols.xmpp.client.ClientStream.Output;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What goes out, framed and in order. */
final class Outbox {
    private final String domain;
    private final Framing framing;
    private final Supplier<String> tokens;
    private final Keepalive keepalive;
    private final ArrayDeque<Output> outputs = new ArrayDeque<>();
    private boolean opened;
    private long nowNanos;

    Outbox(ClientSettings settings, Supplier<String> tokens, Keepalive keepalive, long nowNanos) {
        domain = settings.domain();
        framing = new Framing(settings.transport());
        this.tokens = tokens;
        this.keepalive = keepalive;
        this.nowNanos = nowNanos;
    }

    void now(long nanos) {
        nowNanos = nanos;
    }

    /** The server's header comes before anything else it says, an error too (RFC 6120 §4.9.1.1). */
    void open() {
        if (!opened) {
            opened = true;
            send(framing.open(domain, tokens.get()));
        }
    }

    /** The next stream has not been opened yet. */
    void restart() {
        opened = false;
    }

    void send(Element element) {
        send(framing.element(element));
    }

    void close() {
        send(framing.close());
    }

    void blank() {
        if (framing.allowsBlanks()) {
            send(" ");
        }
    }

    void add(Output output) {
        outputs.add(output);
    }

    @Nullable
    Output poll() {
        return outputs.poll();
    }

    private void send(String xml) {
        keepalive.sent(nowNanos);
        outputs.add(new Output.Send(xml));
    }
}
