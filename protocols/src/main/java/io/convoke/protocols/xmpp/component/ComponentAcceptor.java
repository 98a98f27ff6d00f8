package io.convoke.protocols.xmpp.component;

import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Keepalive;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.StreamCondition;
import io.convoke.protocols.xmpp.StreamError;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamEvent;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import io.convoke.protocols.xmpp.xml.StreamParser;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A server's end of one XEP-0114 stream: takes the component's name, asks the caller for its secret, checks the proof, and lets in only stanzas that come
 * {@code from} the component's own domain.
 *
 * <p>Pure: one change, then {@link #poll()} until it is null. What it asks ({@link Output.AskSecret}, {@link Output.Authenticated}) is answered once, by
 * the method named there; until then bytes wait in here, within the limit for those who have proved nothing. After {@link Output.Ended} nothing more comes
 * out: flush, close the connection, throw the machine away.
 */
public final class ComponentAcceptor {
    /**
     * Bounds.
     *
     * @param serverDomain whom pings come from
     * @param routing whether stanzas are to come as {@link Output.ReceivedRaw} where they can
     * @param authenticationTimeoutNanos from the machine's making to {@link #handleAccepted}
     * @param maxUnauthenticatedBytes until then
     * @param keepAliveNanos of silence before a sign of life
     * @param pingTimeoutNanos for the answer to a ping
     */
    public record Settings(
            String serverDomain,
            StreamLimits limits,
            boolean routing,
            long authenticationTimeoutNanos,
            int maxUnauthenticatedBytes,
            long keepAliveNanos,
            long pingTimeoutNanos) {}

    /** What the shell has to do. */
    public sealed interface Output {
        /** Send these bytes. */
        @SuppressWarnings("ArrayRecordComponent")
        record Send(byte[] bytes) implements Output {}

        /** Answer with {@link #handleSecret}. {@code name} is as the peer sent it. */
        record AskSecret(String name) implements Output {}

        /** The peer has proved the secret. Answer with {@link #handleAccepted}, or with {@link #handleConflict} where the name is taken. */
        record Authenticated(String name) implements Output {}

        /** The component's stanza, or at least what it takes for one: {@code to} may be missing. */
        record Received(Element stanza) implements Output {}

        /**
         * A stanza and its bytes, which mean the same on every stream of components. {@code head} is its start tag, without content. The bytes belong to
         * the receiver.
         */
        @SuppressWarnings("ArrayRecordComponent")
        record ReceivedRaw(Element head, byte[] bytes) implements Output {}

        /** The last output. {@code condition} is the stream error's, sent or received; empty where the stream just ended. {@code text} is for people. */
        record Ended(String condition, String text) implements Output {}
    }

    private static final String PING_ID = "keepalive-";
    private static final byte[] NONE = {};

    private enum Phase {
        OPENING,
        ASKING_SECRET,
        PROVING,
        ASKING_ACCEPTANCE,
        ESTABLISHED,
        ENDED
    }

    private final Settings settings;
    private final String streamId;
    private final StreamParser parser;
    private final ArrayDeque<Output> outputs = new ArrayDeque<>();
    private final Keepalive keepalive;
    private final long authenticationDeadlineNanos;
    private Phase phase = Phase.OPENING;
    private String name = "";
    private @Nullable OwnDomain domain;
    private @Nullable String secret;
    private int unauthenticatedBytes;
    private byte[] waiting = NONE;
    private boolean headerSent;
    private long pings;

    /** @param streamId must not be guessable, nor used twice */
    public ComponentAcceptor(Settings settings, String streamId, long nowNanos) {
        this.settings = settings;
        this.streamId = streamId;
        parser = settings.routing() ? StreamParser.routing(settings.limits()) : new StreamParser(settings.limits());
        keepalive = new Keepalive(settings.keepAliveNanos(), settings.pingTimeoutNanos(), nowNanos);
        authenticationDeadlineNanos = nowNanos + settings.authenticationTimeoutNanos();
    }

    /** The name that the peer gave, empty until it has. */
    public String name() {
        return name;
    }

    /** Bytes of the component, cut anywhere; the array is not kept. */
    public void handlePacket(long nowNanos, byte[] bytes, int offset, int length) {
        if (phase == Phase.ENDED) {
            return;
        }
        keepalive.heard(nowNanos);
        if (phase != Phase.ESTABLISHED) {
            unauthenticatedBytes += length;
            if (unauthenticatedBytes > settings.maxUnauthenticatedBytes()) {
                fail(nowNanos, StreamCondition.POLICY_VIOLATION, "Expected the handshake in fewer bytes");
                return;
            }
        }
        if (phase == Phase.ESTABLISHED) {
            parser.feed(bytes, offset, length);
            drain(nowNanos);
        } else {
            int before = waiting.length;
            waiting = Arrays.copyOf(waiting, before + length);
            System.arraycopy(bytes, offset, waiting, before, length);
            resume(nowNanos);
        }
    }

    /** The secret of the component asked for; null: there is no such component. */
    public void handleSecret(long nowNanos, @Nullable String secret) {
        if (phase != Phase.ASKING_SECRET) {
            return;
        }
        if (secret == null) {
            fail(nowNanos, StreamCondition.HOST_UNKNOWN, "Expected the name of a component of this server");
            return;
        }
        this.secret = secret;
        phase = Phase.PROVING;
        sendHeader(nowNanos);
        resume(nowNanos);
    }

    /** Lets the component in; stanzas may be sent from now on. */
    public void handleAccepted(long nowNanos) {
        if (phase == Phase.ASKING_ACCEPTANCE) {
            phase = Phase.ESTABLISHED;
            send(nowNanos, "<handshake/>");
            resume(nowNanos);
        }
    }

    /** Sends it away: a component of this name is here already. */
    public void handleConflict(long nowNanos) {
        if (phase == Phase.ASKING_ACCEPTANCE) {
            fail(nowNanos, StreamCondition.CONFLICT, "Expected one component of this name, but there is one already");
        }
    }

    /** A stanza for the component, in {@code jabber:client}. Dropped unless the component is accepted. */
    public void handleSend(long nowNanos, Element stanza) {
        if (phase == Phase.ESTABLISHED) {
            send(nowNanos, XmlOutput.text(stanza, Namespaces.CLIENT));
        }
    }

    /** The shell has sent bytes by itself: a raw stanza of another component. */
    public void handleSentRaw(long nowNanos) {
        keepalive.sent(nowNanos);
    }

    /** Ends the stream with an error. */
    public void handleClose(long nowNanos, StreamCondition condition, String text) {
        if (phase != Phase.ENDED) {
            fail(nowNanos, condition, text);
        }
    }

    /** The connection is gone. */
    public void handleEnd() {
        if (phase != Phase.ENDED) {
            end("", "The component closed the connection");
        }
    }

    /** Time has passed; call at {@link #deadlineNanos()} or later. */
    public void handleTimeout(long nowNanos) {
        if (phase == Phase.ENDED) {
            return;
        }
        if (phase != Phase.ESTABLISHED) {
            if (nowNanos - authenticationDeadlineNanos >= 0) {
                fail(nowNanos, StreamCondition.CONNECTION_TIMEOUT, "Expected the handshake earlier");
            }
            return;
        }
        switch (keepalive.due(nowNanos)) {
            case BLANK -> send(nowNanos, " ");
            case PING ->
                handleSend(
                        nowNanos,
                        Stanzas.iq(
                                "get",
                                PING_ID + ++pings,
                                settings.serverDomain(),
                                name,
                                Element.of("ping", Namespaces.PING)));
            case LOST -> fail(nowNanos, StreamCondition.CONNECTION_TIMEOUT, "Expected an answer to a ping");
            case NOTHING -> {}
        }
    }

    /** When {@link #handleTimeout} is due next; may come earlier after any change. {@code Long.MAX_VALUE}: never. */
    public long deadlineNanos() {
        return switch (phase) {
            case ESTABLISHED -> keepalive.deadlineNanos();
            case ENDED -> Long.MAX_VALUE;
            default -> authenticationDeadlineNanos;
        };
    }

    /** The next thing to do, or null. */
    public @Nullable Output poll() {
        return outputs.poll();
    }

    private boolean isAsking() {
        return phase == Phase.ASKING_SECRET || phase == Phase.ASKING_ACCEPTANCE;
    }

    /** Reads on, first what the parser has still, then what came while an answer was awaited. */
    private void resume(long nowNanos) {
        drain(nowNanos);
        if (!isAsking() && phase != Phase.ENDED && waiting.length > 0) {
            byte[] next = waiting;
            waiting = NONE;
            parser.feed(next, 0, next.length);
            drain(nowNanos);
        }
    }

    private void drain(long nowNanos) {
        while (!isAsking() && phase != Phase.ENDED) {
            StreamEvent event = parser.poll();
            if (event == null) {
                return;
            }
            if (event instanceof StreamEvent.RawStanza raw) {
                onRaw(nowNanos, raw);
            } else if (event instanceof StreamEvent.Stanza stanza) {
                onElement(nowNanos, stanza.element());
            } else if (event instanceof StreamEvent.Opened opened) {
                onOpened(nowNanos, opened);
            } else if (event instanceof StreamEvent.Violated violated) {
                fail(nowNanos, new StreamError(violated.condition(), violated.text()));
            } else {
                send(nowNanos, "</stream:stream>");
                end("", "The component closed the stream");
            }
        }
    }

    private void onOpened(long nowNanos, StreamEvent.Opened opened) {
        if (!opened.header().is("stream", Namespaces.STREAMS)
                || !opened.contentNamespace().equals(Namespaces.COMPONENT_ACCEPT)) {
            fail(nowNanos, StreamCondition.INVALID_NAMESPACE, "Expected a stream of " + Namespaces.COMPONENT_ACCEPT);
            return;
        }
        String to = opened.header().attribute("to");
        domain = to == null ? null : Jid.of(null, to, null).map(OwnDomain::new).orElse(null);
        if (to == null || domain == null) {
            fail(nowNanos, StreamCondition.HOST_UNKNOWN, "Expected the component's name");
            return;
        }
        name = to;
        phase = Phase.ASKING_SECRET;
        outputs.add(new Output.AskSecret(to));
    }

    private void onRaw(long nowNanos, StreamEvent.RawStanza raw) {
        // Before the handshake's end nothing is for routing.
        if (phase != Phase.ESTABLISHED) {
            onElement(nowNanos, StreamParser.parse(new String(raw.bytes(), StandardCharsets.UTF_8)));
        } else if (mayComeIn(nowNanos, raw.head()) && !isAnswerToPing(raw.head())) {
            outputs.add(new Output.ReceivedRaw(raw.head(), raw.bytes()));
        }
    }

    private void onElement(long nowNanos, Element element) {
        StreamError error = StreamError.read(element).orElse(null);
        if (error != null) {
            send(nowNanos, "</stream:stream>");
            end(error.condition(), "The component ended the stream: " + error.text());
        } else if (phase == Phase.PROVING) {
            onProof(nowNanos, element);
        } else if (mayComeIn(nowNanos, element) && !isAnswerToPing(element)) {
            outputs.add(new Output.Received(element));
        }
    }

    private void onProof(long nowNanos, Element element) {
        String known = secret;
        secret = null;
        if (known == null || !element.name().equals("handshake")) {
            fail(nowNanos, StreamCondition.NOT_AUTHORIZED, "Expected the handshake first");
        } else if (!Handshake.matches(streamId, known, element.text().strip())) {
            fail(nowNanos, StreamCondition.NOT_AUTHORIZED, "Expected the secret of this component");
        } else {
            phase = Phase.ASKING_ACCEPTANCE;
            outputs.add(new Output.Authenticated(name));
        }
    }

    private boolean mayComeIn(long nowNanos, Element head) {
        if (!Stanzas.isStanza(head)) {
            fail(nowNanos, StreamCondition.UNSUPPORTED_STANZA_TYPE, "Expected iq, message or presence");
            return false;
        }
        String from = head.attribute("from");
        if (from == null || domain == null || !domain.has(from)) {
            fail(nowNanos, StreamCondition.INVALID_FROM, "Expected the component's own domain in 'from'");
            return false;
        }
        return true;
    }

    private static boolean isAnswerToPing(Element element) {
        String id = element.attribute("id");
        return element.name().equals("iq")
                && id != null
                && id.startsWith(PING_ID)
                && !"get".equals(element.attribute("type"))
                && !"set".equals(element.attribute("type"));
    }

    private void sendHeader(long nowNanos) {
        if (headerSent) {
            return;
        }
        headerSent = true;
        StringBuilder header = new StringBuilder("<?xml version='1.0'?><stream:stream");
        XmlOutput.attribute(header, "xmlns", Namespaces.COMPONENT_ACCEPT);
        XmlOutput.attribute(header, "xmlns:stream", Namespaces.STREAMS);
        XmlOutput.attribute(header, "from", name.isEmpty() ? settings.serverDomain() : name);
        XmlOutput.attribute(header, "id", streamId);
        send(nowNanos, header.append('>').toString());
    }

    private void fail(long nowNanos, StreamCondition condition, String text) {
        fail(nowNanos, StreamError.of(condition, text));
    }

    private void fail(long nowNanos, StreamError error) {
        sendHeader(nowNanos);
        send(nowNanos, error.xml() + "</stream:stream>");
        end(error.condition(), error.text());
    }

    private void send(long nowNanos, String xml) {
        keepalive.sent(nowNanos);
        outputs.add(new Output.Send(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private void end(String condition, String text) {
        phase = Phase.ENDED;
        secret = null;
        waiting = NONE;
        outputs.add(new Output.Ended(condition, text));
    }
}
