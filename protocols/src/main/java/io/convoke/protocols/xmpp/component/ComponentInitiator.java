package io.convoke.protocols.xmpp.component;

import io.convoke.protocols.xmpp.Keepalive;
import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.StreamError;
import io.convoke.protocols.xmpp.xml.Element;
import io.convoke.protocols.xmpp.xml.StreamEvent;
import io.convoke.protocols.xmpp.xml.StreamLimits;
import io.convoke.protocols.xmpp.xml.StreamParser;
import io.convoke.protocols.xmpp.xml.XmlOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A component's end of one XEP-0114 stream, on a connection that is open: says its name, proves its secret, then carries stanzas and keeps the stream
 * alive. Pings that the server sends to the component's own address are answered in here; the answers to its own pings are not handed out.
 *
 * <p>Pure: one change, then {@link #poll()} until it is null. After {@link Output.Ended} nothing more comes out: close the connection, throw the machine
 * away.
 */
public final class ComponentInitiator {
    /**
     * What it needs to know.
     *
     * @param name the component's address, sent as the stream's {@code to} letter for letter
     * @param serverDomain whom to ping
     * @param openTimeoutNanos from the machine's making until the server has accepted the secret
     * @param keepAliveNanos of silence before a sign of life
     * @param pingTimeoutNanos for the answer to a ping
     */
    public record Settings(
            String name,
            String secret,
            String serverDomain,
            StreamLimits limits,
            long openTimeoutNanos,
            long keepAliveNanos,
            long pingTimeoutNanos) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Settings[name=" + name + ", serverDomain=" + serverDomain + "]";
        }
    }

    /** Why it is over. */
    public enum End {
        /** The server refused the secret. */
        NOT_AUTHORIZED,
        /** The server has a component of this name already. */
        CONFLICT,
        /** The server has no component of this name. */
        HOST_UNKNOWN,
        /** The server ended the stream with another error. */
        STREAM_ERROR,
        /** What answers is not an XMPP server for components. */
        NOT_XMPP,
        /** The server's XML is bad, or beyond a limit. */
        VIOLATION,
        /** The server did not accept in time. */
        TIMEOUT,
        /** A ping stayed without an answer. */
        LOST,
        /** The server closed the stream or the connection. */
        CLOSED,
        /** {@link #handleClose} was called. */
        CLOSED_BY_US
    }

    /** What the shell has to do. */
    public sealed interface Output {
        /** Send these bytes. */
        @SuppressWarnings("ArrayRecordComponent")
        record Send(byte[] bytes) implements Output {}

        /** The server has accepted the secret: stanzas may be sent. {@code server} is the name the server gave itself, empty for none. */
        record Established(String server) implements Output {}

        /** A stanza for the component. */
        record Received(Element stanza) implements Output {}

        /** The last output. {@code condition} is the stream error's, sent or received; empty for none. {@code text} is for people. */
        record Ended(End end, String condition, String text) implements Output {}
    }

    private static final String PING_ID = "keepalive-";

    private enum Phase {
        OPENING,
        PROVING,
        ESTABLISHED,
        ENDED
    }

    private final Settings settings;
    private final StreamParser parser;
    private final ArrayDeque<Output> outputs = new ArrayDeque<>();
    private final Keepalive keepalive;
    private final long openDeadlineNanos;
    private Phase phase = Phase.OPENING;
    private String server = "";
    private long pings;

    /** Its first output is the stream's start. */
    public ComponentInitiator(Settings settings, long nowNanos) {
        this.settings = settings;
        parser = new StreamParser(settings.limits());
        keepalive = new Keepalive(settings.keepAliveNanos(), settings.pingTimeoutNanos(), nowNanos);
        openDeadlineNanos = nowNanos + settings.openTimeoutNanos();
        StringBuilder header = new StringBuilder("<?xml version='1.0'?><stream:stream");
        XmlOutput.attribute(header, "xmlns", Namespaces.COMPONENT_ACCEPT);
        XmlOutput.attribute(header, "xmlns:stream", Namespaces.STREAMS);
        XmlOutput.attribute(header, "to", settings.name());
        send(nowNanos, header.append('>').toString());
    }

    /** Bytes of the server, cut anywhere; the array is not kept. */
    public void handlePacket(long nowNanos, byte[] bytes, int offset, int length) {
        if (phase == Phase.ENDED) {
            return;
        }
        keepalive.heard(nowNanos);
        parser.feed(bytes, offset, length);
        for (StreamEvent event = parser.poll(); event != null && phase != Phase.ENDED; event = parser.poll()) {
            if (event instanceof StreamEvent.Opened opened) {
                onOpened(nowNanos, opened);
            } else if (event instanceof StreamEvent.Stanza stanza) {
                onElement(nowNanos, stanza.element());
            } else if (event instanceof StreamEvent.Violated violated) {
                onViolated(nowNanos, violated);
            } else {
                close(nowNanos);
                end(End.CLOSED, "", "The server closed the stream");
            }
        }
    }

    /** A stanza of the component, in {@code jabber:client}. Dropped unless {@link Output.Established} has been polled. */
    public void handleSend(long nowNanos, Element stanza) {
        if (phase == Phase.ESTABLISHED) {
            send(nowNanos, XmlOutput.text(stanza, Namespaces.CLIENT));
        }
    }

    /** Ends the stream properly. */
    public void handleClose(long nowNanos) {
        if (phase != Phase.ENDED) {
            close(nowNanos);
            end(End.CLOSED_BY_US, "", "The stream was closed");
        }
    }

    /** The connection is gone. */
    public void handleEnd() {
        if (phase != Phase.ENDED) {
            end(End.CLOSED, "", "Expected " + awaited() + ", but the server closed the connection");
        }
    }

    /** Time has passed; call at {@link #deadlineNanos()} or later. */
    public void handleTimeout(long nowNanos) {
        if (phase == Phase.ENDED) {
            return;
        }
        if (phase != Phase.ESTABLISHED) {
            if (nowNanos - openDeadlineNanos >= 0) {
                end(
                        End.TIMEOUT,
                        "",
                        "Expected " + awaited() + " within "
                                + TimeUnit.NANOSECONDS.toMillis(settings.openTimeoutNanos())
                                + " ms, but it did not come");
            }
            return;
        }
        switch (keepalive.due(nowNanos)) {
            case BLANK -> send(nowNanos, " ");
            case PING -> {
                Element ping = Element.of("ping", Namespaces.PING);
                handleSend(
                        nowNanos, Stanzas.iq("get", PING_ID + ++pings, settings.name(), settings.serverDomain(), ping));
            }
            case LOST ->
                end(
                        End.LOST,
                        "",
                        "Expected a sign of life within " + TimeUnit.NANOSECONDS.toMillis(settings.pingTimeoutNanos())
                                + " ms after a ping, but none came");
            case NOTHING -> {}
        }
    }

    /** When {@link #handleTimeout} is due next; may come earlier after any change. {@code Long.MAX_VALUE}: never. */
    public long deadlineNanos() {
        return switch (phase) {
            case OPENING, PROVING -> openDeadlineNanos;
            case ESTABLISHED -> keepalive.deadlineNanos();
            case ENDED -> Long.MAX_VALUE;
        };
    }

    /** The next thing to do, or null. */
    public @Nullable Output poll() {
        return outputs.poll();
    }

    private void onOpened(long nowNanos, StreamEvent.Opened opened) {
        if (!opened.header().is("stream", Namespaces.STREAMS)) {
            end(End.NOT_XMPP, "", "Expected an XMPP stream, but found " + opened.header());
            return;
        }
        phase = Phase.PROVING;
        String from = opened.header().attribute("from");
        server = from == null ? "" : from;
        String id = opened.header().attribute("id");
        // Without an ID, or with clients' namespace, this is no server for components. Its next word says why, or the
        // deadline comes.
        if (id != null && opened.contentNamespace().equals(Namespaces.COMPONENT_ACCEPT)) {
            send(nowNanos, "<handshake>" + Handshake.digest(id, settings.secret()) + "</handshake>");
        }
    }

    private void onElement(long nowNanos, Element element) {
        StreamError error = StreamError.read(element).orElse(null);
        if (error != null) {
            close(nowNanos);
            end(meaning(error.condition()), error.condition(), error.text());
        } else if (phase == Phase.PROVING) {
            if (element.is("handshake", Namespaces.CLIENT)) {
                phase = Phase.ESTABLISHED;
                outputs.add(new Output.Established(server));
            } else {
                close(nowNanos);
                end(End.NOT_XMPP, "", "Expected " + awaited() + ", but found " + element);
            }
        } else if (isPingToUs(element)) {
            handleSend(nowNanos, Stanzas.result(element, null));
        } else if (Stanzas.isStanza(element) && !isAnswerToPing(element)) {
            outputs.add(new Output.Received(element));
        }
    }

    private boolean isPingToUs(Element element) {
        return element.name().equals("iq")
                && "get".equals(element.attribute("type"))
                && settings.name().equals(element.attribute("to"))
                && element.child("ping", Namespaces.PING).isPresent();
    }

    private static boolean isAnswerToPing(Element element) {
        String id = element.attribute("id");
        String type = element.attribute("type");
        return element.name().equals("iq")
                && id != null
                && id.startsWith(PING_ID)
                && ("result".equals(type) || "error".equals(type));
    }

    private void onViolated(long nowNanos, StreamEvent.Violated violated) {
        if (phase == Phase.OPENING) {
            end(End.NOT_XMPP, violated.condition(), "Expected an XMPP stream: " + violated.text());
            return;
        }
        send(nowNanos, new StreamError(violated.condition(), violated.text()).xml());
        close(nowNanos);
        end(End.VIOLATION, violated.condition(), violated.text());
    }

    private String awaited() {
        return switch (phase) {
            case OPENING -> "the server's stream header";
            case PROVING -> "the server's answer to the handshake";
            default -> "the end of the stream";
        };
    }

    private static End meaning(String condition) {
        return switch (condition) {
            case "not-authorized" -> End.NOT_AUTHORIZED;
            case "conflict" -> End.CONFLICT;
            case "host-unknown" -> End.HOST_UNKNOWN;
            default -> End.STREAM_ERROR;
        };
    }

    private void close(long nowNanos) {
        send(nowNanos, "</stream:stream>");
    }

    private void send(long nowNanos, String xml) {
        keepalive.sent(nowNanos);
        outputs.add(new Output.Send(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private void end(End end, String condition, String text) {
        phase = Phase.ENDED;
        outputs.add(new Output.Ended(end, condition, text));
    }
}
