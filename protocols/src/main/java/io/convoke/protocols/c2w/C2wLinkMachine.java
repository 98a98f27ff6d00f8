package io.convoke.protocols.c2w;

import io.convoke.protocols.c2w.C2wFrame.Kind;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One side of one C2W link, from the moment its WebSocket is open. The callbridge sends the event {@code hello} first and nothing else until the web
 * bridge's event {@code helloAnswer} has come; then both send what they like. A side that heard nothing for the keepalive interval probes; three
 * intervals of silence end the link. Requests without an answer are bounded in number, those sent also in time.
 *
 * <p>Pure: one change, then {@link #poll()} until it is null. After {@link Output.Ended} nothing more comes out and the machine is thrown away.
 */
public final class C2wLinkMachine {
    /** The name of the callbridge's first frame. */
    public static final String HELLO = "hello";
    /** The name of the web bridge's first frame. */
    public static final String HELLO_ANSWER = "helloAnswer";
    /** Silence in keepalive intervals after which the peer is taken for gone. */
    static final int SILENT_INTERVALS = 3;

    /** Whose side this is. */
    public enum Side {
        /** Dialled, and sends the hello. */
        CALLBRIDGE,
        /** Was dialled, and answers it. */
        WEBBRIDGE
    }

    /**
     * Bounds.
     *
     * @param keepAliveNanos of silence before a probe
     * @param helloTimeoutNanos for the exchange of hellos, from the machine's making
     * @param requestTimeoutNanos after which a request of ours counts no longer, and its answer would be ignored
     * @param maxInFlight unanswered requests in each direction
     * @param maxPayloadBytes of one frame
     */
    public record Settings(
            long keepAliveNanos,
            long helloTimeoutNanos,
            long requestTimeoutNanos,
            int maxInFlight,
            int maxPayloadBytes) {}

    /** Why a link ended. */
    public enum End {
        /** No hello in time. */
        HELLO_TIMEOUT,
        /** The peer fell silent. */
        SILENCE,
        /** The peer's frames have another version. */
        VERSION,
        /** The peer broke a rule. */
        PROTOCOL,
        /** The peer leaves too many requests without an answer. */
        OVERLOAD
    }

    /** What the shell has to do. */
    public sealed interface Output {
        /** Send these bytes as one binary message. */
        @SuppressWarnings("ArrayRecordComponent")
        record Transmit(byte[] message) implements Output {}

        /** Hand this frame up. Never a probe. */
        record Deliver(C2wFrame frame) implements Output {}

        /** Close the link; the last output. {@code words} are for people. */
        record Ended(End end, String words) implements Output {}
    }

    private final Side side;
    private final Settings settings;
    private final ArrayDeque<Output> outputs = new ArrayDeque<>();
    private final Map<Long, Long> sent = new LinkedHashMap<>();
    private final Map<Long, Boolean> received = new LinkedHashMap<>();
    private final long helloDeadlineNanos;
    private boolean greeted;
    private boolean heardHello;
    private boolean ended;
    private long lastHeardNanos;
    private long probeDueNanos;
    private long probes;
    private long ignored;

    public C2wLinkMachine(Side side, Settings settings, long nowNanos) {
        this.side = side;
        this.settings = settings;
        helloDeadlineNanos = nowNanos + settings.helloTimeoutNanos();
        lastHeardNanos = nowNanos;
        probeDueNanos = nowNanos + settings.keepAliveNanos();
    }

    /** Sends a frame of ours. Throws only on frames that this side must not send at this point: a bug of the caller. */
    public void handleSend(long nowNanos, C2wFrame frame) {
        if (ended) {
            return;
        }
        if (frame.kind().isProbe()) {
            throw new IllegalArgumentException("Expected a request, response or event, but found " + frame);
        }
        if (!greeted) {
            String first = side == Side.CALLBRIDGE ? HELLO : HELLO_ANSWER;
            if (frame.kind() != Kind.EVENT || !frame.name().equals(first)) {
                throw new IllegalStateException("Expected " + first + " first, but found " + frame);
            }
            greeted = true;
        }
        if (frame.kind() == Kind.REQUEST) {
            forgetExpired(nowNanos);
            if (sent.size() >= settings.maxInFlight()) {
                end(End.OVERLOAD, "Expected answers to " + sent.size() + " requests, but none came");
                return;
            }
            sent.put(frame.id(), nowNanos + settings.requestTimeoutNanos());
        } else if (frame.kind() == Kind.RESPONSE) {
            received.remove(frame.id());
        }
        outputs.add(new Output.Transmit(C2wFrameCodec.encode(frame)));
    }

    /** Takes one binary message of the peer. */
    public void handleMessage(long nowNanos, byte[] message) {
        if (ended) {
            return;
        }
        lastHeardNanos = nowNanos;
        probeDueNanos = nowNanos + settings.keepAliveNanos();
        C2wFrameCodec.Decoded decoded = C2wFrameCodec.decode(message, settings.maxPayloadBytes());
        if (decoded instanceof C2wFrameCodec.Decoded.Rejected no) {
            end(
                    no.otherVersion() ? End.VERSION : End.PROTOCOL,
                    "Expected C2W with " + no.expected() + ", but found " + no.found());
        } else if (decoded instanceof C2wFrameCodec.Decoded.Frame yes) {
            handleFrame(yes.frame());
        }
    }

    private void handleFrame(C2wFrame frame) {
        if (frame.kind() == Kind.PING) {
            outputs.add(new Output.Transmit(C2wFrameCodec.encode(C2wFrame.probe(Kind.PONG, frame.id()))));
            return;
        }
        if (frame.kind() == Kind.PONG) {
            return;
        }
        if (!heardHello) {
            String first = side == Side.CALLBRIDGE ? HELLO_ANSWER : HELLO;
            if (frame.kind() != Kind.EVENT || !frame.name().equals(first) || (side == Side.CALLBRIDGE && !greeted)) {
                end(End.PROTOCOL, "Expected " + first + " first, but found " + frame.kind() + " " + frame.name());
                return;
            }
            heardHello = true;
        }
        if (frame.kind() == Kind.RESPONSE && sent.remove(frame.id()) == null) {
            ignored++;
            return;
        }
        if (frame.kind() == Kind.REQUEST) {
            if (received.putIfAbsent(frame.id(), true) != null) {
                end(End.PROTOCOL, "Expected a new request, but found " + frame.id() + " again");
                return;
            }
            if (received.size() > settings.maxInFlight()) {
                end(End.PROTOCOL, "Expected at most " + settings.maxInFlight() + " open requests, but found one more");
                return;
            }
        }
        outputs.add(new Output.Deliver(frame));
    }

    /** Time has passed; call at {@link #deadlineNanos()} or later. */
    public void handleTimeout(long nowNanos) {
        if (ended) {
            return;
        }
        if (!(greeted && heardHello) && nowNanos - helloDeadlineNanos >= 0) {
            end(
                    End.HELLO_TIMEOUT,
                    "Expected a hello within " + millis(settings.helloTimeoutNanos()) + " ms, but none came");
            return;
        }
        if (nowNanos - silenceDeadlineNanos() >= 0) {
            end(End.SILENCE, "Expected a sign of life within " + millis(silenceNanos()) + " ms, but none came");
            return;
        }
        if (nowNanos - probeDueNanos >= 0) {
            outputs.add(new Output.Transmit(C2wFrameCodec.encode(C2wFrame.probe(Kind.PING, ++probes))));
            probeDueNanos = nowNanos + settings.keepAliveNanos();
        }
        forgetExpired(nowNanos);
    }

    /** When {@link #handleTimeout} is due next; may come earlier after any change. */
    public long deadlineNanos() {
        if (ended) {
            return Long.MAX_VALUE;
        }
        long deadline = earlier(probeDueNanos, silenceDeadlineNanos());
        return greeted && heardHello ? deadline : earlier(deadline, helloDeadlineNanos);
    }

    /** The next thing to do, or null. */
    public @Nullable Output poll() {
        return outputs.poll();
    }

    /** Requests of ours without an answer. */
    public int inFlight() {
        return sent.size();
    }

    /** Answers that came too late or to nothing. */
    public long ignoredResponses() {
        return ignored;
    }

    private void forgetExpired(long nowNanos) {
        // In order of sending, and all live equally long: the first one that still counts ends the walk.
        for (Iterator<Long> deadlines = sent.values().iterator(); deadlines.hasNext(); ) {
            if (nowNanos - deadlines.next() < 0) {
                return;
            }
            deadlines.remove();
        }
    }

    private long silenceNanos() {
        return SILENT_INTERVALS * settings.keepAliveNanos();
    }

    private long silenceDeadlineNanos() {
        return lastHeardNanos + silenceNanos();
    }

    private void end(End end, String words) {
        ended = true;
        outputs.add(new Output.Ended(end, words));
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
