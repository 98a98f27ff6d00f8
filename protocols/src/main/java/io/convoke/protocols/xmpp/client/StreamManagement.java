package io.convoke.protocols.xmpp.client;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a stream when its connection is gone (XEP-0198): how many stanzas came, and those sent that the client has not acknowledged. It outlives
 * the {@link ClientStream} it came from; the next one takes it over. Counters are modulo 2^32.
 */
public final class StreamManagement {
    private static final long MASK = 0xFFFFFFFFL;

    private record Sent(Element stanza, int lengthBytes) {}

    private final String id;
    private final boolean resumable;
    private final int maxStanzas;
    private final int maxBytes;
    private final ArrayDeque<Sent> unacknowledged = new ArrayDeque<>();
    private long unacknowledgedBytes;
    private long acknowledged;
    private long handled;

    StreamManagement(String id, boolean resumable, int maxStanzas, int maxBytes) {
        this.id = id;
        this.resumable = resumable;
        this.maxStanzas = maxStanzas;
        this.maxBytes = maxBytes;
    }

    /** By which the client asks to resume; as hard to guess as the caller's tokens. */
    public String id() {
        return id;
    }

    /** Whether the client wants to resume, and may. */
    public boolean isResumable() {
        return resumable;
    }

    /** Stanzas that came, modulo 2^32. */
    public long handled() {
        return handled;
    }

    /** Keeps a stanza for a client that is away, or was just sent it. False: there is no more room, the stream must be given up. */
    public boolean queue(Element stanza) {
        return queue(stanza, XmlOutput.text(stanza, Namespaces.CLIENT).length());
    }

    boolean queue(Element stanza, int lengthBytes) {
        if (unacknowledged.size() >= maxStanzas || unacknowledgedBytes + lengthBytes > maxBytes) {
            return false;
        }
        unacknowledged.add(new Sent(stanza, lengthBytes));
        unacknowledgedBytes += lengthBytes;
        return true;
    }

    /** Sent, and not acknowledged, oldest first. */
    public List<Element> unacknowledged() {
        return unacknowledged.stream().map(Sent::stanza).toList();
    }

    boolean isAllAcknowledged() {
        return unacknowledged.isEmpty();
    }

    void received() {
        handled = (handled + 1) & MASK;
    }

    /** The client has had {@code h} in all. False: so many were never sent. */
    boolean acknowledge(long h) {
        long more = (h - acknowledged) & MASK;
        if (more > unacknowledged.size()) {
            return false;
        }
        for (long index = 0; index < more; index++) {
            unacknowledgedBytes -= unacknowledged.remove().lengthBytes();
        }
        acknowledged = h;
        return true;
    }

    /** For tests at the counters' end. */
    void startAt(long received, long sent) {
        handled = received & MASK;
        acknowledged = sent & MASK;
    }

    /** An {@code h} as it stands in an element. */
    static OptionalLong read(@Nullable String h) {
        if (h == null || !h.matches("[0-9]{1,10}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(h);
        return number > MASK ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
