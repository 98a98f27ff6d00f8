package io.convoke.media.sfu;

import io.convoke.media.udp.OutgoingDatagrams;
import io.convoke.media.udp.UdpSockets;
import io.convoke.protocols.dtls.DtlsIdentity;
import io.convoke.protocols.rtp.RtpHeader;
import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.turn.AddressTable;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that lives on the one event loop: who is behind which address, the way of each datagram, the clock and the scratch space.
 * Touched on that loop only, but for {@link #execute} and {@link #reserveSession}.
 */
final class SfuLoop {
    static final int MAX_DATAGRAM_BYTES = UdpSockets.MAX_DATAGRAM_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(SfuLoop.class);
    private static final long TICK_MILLIS = 20;

    private final SfuSettings settings;
    private final EventLoop loop;
    private final DtlsIdentity identity;
    private final SecureRandom random = new SecureRandom();
    private final Counters counters = new Counters();
    private final Handshakes handshakes;
    private final AddressTable<Session> byAddress = new AddressTable<>();
    private final Map<String, Session> byUfrag = new HashMap<>();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Set<Conference> conferences = new LinkedHashSet<>();
    private final List<MediaSocket> sockets = new ArrayList<>();
    private final AtomicInteger reserved = new AtomicInteger();
    private final byte[] in = new byte[MAX_DATAGRAM_BYTES];
    private final byte[] out = new byte[OutgoingDatagrams.MAX_BYTES];
    private final RtpForwarder forwarder = new RtpForwarder(this);
    private final RtcpIntake rtcpIntake = new RtcpIntake(this);
    private final RtcpOut rtcpOut = new RtcpOut(this);
    private List<String> candidateLines = List.of();
    private @Nullable Future<?> ticking;
    private long nowNanos;
    private boolean nowKnown;
    private long nextSpeakersNanos;

    SfuLoop(SfuSettings settings, EventLoop loop) {
        this.settings = settings;
        this.loop = loop;
        identity = DtlsIdentity.generate(random, Instant.now().minus(1, ChronoUnit.DAYS));
        handshakes = new Handshakes(settings);
    }

    /** Before the first session: what the unit listens on. */
    void listensOn(List<MediaSocket> bound, List<String> candidates) {
        sockets.addAll(bound);
        candidateLines = List.copyOf(candidates);
    }

    // ---- datagrams

    /** One datagram; {@code content} stays the caller's. */
    void received(MediaSocket at, InetSocketAddress from, ByteBuf content) {
        int length = content.readableBytes();
        counters.packetsIn++;
        counters.bytesIn += length;
        if (length == 0 || length > in.length) {
            counters.drop(DropReason.UNKNOWN_PROTOCOL);
            return;
        }
        content.getBytes(content.readerIndex(), in, 0, length);
        int first = in[0] & 0xFF;
        if (first <= 3) { // RFC 7983 §7
            stun(at, from, length);
        } else if ((first >= 128 && first <= 191) || (first >= 20 && first <= 63)) {
            Session session = byAddress.get(from);
            if (session == null) {
                counters.drop(DropReason.UNKNOWN_ADDRESS);
            } else {
                ofSession(session, at, from, length, first < 64);
            }
        } else {
            counters.drop(DropReason.UNKNOWN_PROTOCOL);
        }
    }

    private void ofSession(Session session, MediaSocket at, InetSocketAddress from, int length, boolean dtls) {
        try {
            if (dtls) {
                session.dtls().datagram(in, length);
            } else if (media(session, length)) {
                session.ice().follow(at, from);
            }
        } catch (RuntimeException bug) {
            died(session, bug);
        }
    }

    /** Whether it was authentic. */
    private boolean media(Session session, int length) {
        if (RtpHeader.isRtcp(in, 0, length)) {
            return rtcpIntake.packet(session, in, length);
        }
        if (RtpHeader.looksLikeRtp(in, 0, length)) {
            return forwarder.packet(session, in, length);
        }
        counters.drop(DropReason.SRTP_MALFORMED);
        return false;
    }

    private void stun(MediaSocket at, InetSocketAddress from, int length) {
        StunMessage message = StunMessage.parse(in, 0, length);
        byte[] username = message == null ? null : message.attribute(StunAttribute.USERNAME);
        Session session = username == null ? null : byUfrag.get(localPart(username));
        if (message == null || session == null) {
            counters.drop(DropReason.BAD_STUN);
            return;
        }
        try {
            session.ice().check(message, at, from);
        } catch (RuntimeException bug) {
            died(session, bug);
        }
    }

    /** Of {@code ours:theirs}, ours (RFC 8445 §7.2.2). */
    private static String localPart(byte[] username) {
        int end = 0;
        while (end < username.length && username[end] != ':') {
            end++;
        }
        return new String(username, 0, end, StandardCharsets.UTF_8);
    }

    /** A batch of datagrams has been read: what it led to goes out in one go. */
    void batchEnded() {
        nowKnown = false;
        for (int i = 0; i < sockets.size(); i++) {
            sockets.get(i).flush();
        }
    }

    // ---- tasks and time

    /** Runs on the loop; a bug ends only the session it is about, and fails {@code answer}. After the unit's end nothing runs. */
    void execute(@Nullable Session session, @Nullable CompletableFuture<?> answer, Runnable task) {
        try {
            loop.execute(() -> {
                nowKnown = false;
                try {
                    task.run();
                } catch (RuntimeException bug) {
                    if (answer != null) {
                        answer.completeExceptionally(bug);
                    }
                    died(session, bug);
                } finally {
                    batchEnded();
                }
            });
        } catch (RejectedExecutionException stopped) {
            if (answer != null) {
                answer.completeExceptionally(new IllegalStateException("Expected a running forwarding unit", stopped));
            }
        }
    }

    /** The clock, read once for each batch. */
    long nowNanos() {
        if (!nowKnown) {
            nowNanos = System.nanoTime();
            nowKnown = true;
        }
        return nowNanos;
    }

    private void tick() {
        nowKnown = false;
        long now = nowNanos();
        for (Session session : List.copyOf(sessions)) {
            try {
                session.timers().tick(now);
            } catch (RuntimeException bug) {
                died(session, bug);
            }
        }
        if (now - nextSpeakersNanos >= 0) {
            nextSpeakersNanos = now + SpeakerDetector.PERIOD_NANOS;
            List.copyOf(conferences).forEach(this::evaluateSpeakers);
        }
        batchEnded();
    }

    private void evaluateSpeakers(Conference conference) {
        try {
            conference.evaluateSpeakers();
        } catch (RuntimeException bug) { // must not end the ticking of all the others
            died(null, bug);
        }
    }

    private static void died(@Nullable Session session, RuntimeException bug) {
        LOG.error("A bug in the forwarding unit; the session it met ends", bug);
        if (session != null) {
            session.end(MediaState.FAILED, "Internal error");
        }
    }

    // ---- who there is

    void add(Conference conference) {
        conferences.add(conference);
    }

    void forget(Conference conference) {
        conferences.remove(conference);
    }

    /** From any thread. */
    void reserveSession() throws SfuFull {
        if (reserved.incrementAndGet() > settings.maxSessions()) {
            reserved.decrementAndGet();
            throw new SfuFull(
                    "Expected fewer than " + settings.maxSessions() + " media sessions, but that many are open");
        }
    }

    void opened(Session session) {
        sessions.add(session);
        if (ticking == null) {
            nextSpeakersNanos = nowNanos();
            ticking = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void closed(Session session) {
        reserved.decrementAndGet();
        sessions.remove(session);
        if (sessions.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    void learn(String ufrag, Session session) {
        byUfrag.put(ufrag, session);
    }

    void forget(String ufrag) {
        byUfrag.remove(ufrag);
    }

    void closeAll() {
        List.copyOf(sessions).forEach(Session::release);
        conferences.clear();
        batchEnded();
    }

    SfuStats stats() {
        return new SfuStats(
                sessions.size(),
                byAddress.size(),
                counters.packetsIn,
                counters.packetsOut,
                counters.bytesIn,
                counters.bytesOut,
                counters.drops(),
                handshakes.inFlight(),
                handshakes.waiting(),
                handshakes.done(),
                handshakes.failed());
    }

    // ---- keyframes

    /** The client of this slot needs a keyframe. */
    void wantKeyframe(OutgoingStream slot) {
        IncomingStream stream = slot.source();
        if (stream != null && slot.session.connected()) {
            wantKeyframe(stream);
        }
    }

    void wantKeyframe(IncomingStream stream) {
        if (stream.video && stream.slots.length > 0) {
            stream.keyframes.want();
            askForKeyframe(stream);
        }
    }

    /** Asks if somebody waits, the source can hear it, and it is time to. */
    void askForKeyframe(IncomingStream stream) {
        if (stream.bound && stream.session.connected() && !stream.muted() && stream.keyframes.due(nowNanos())) {
            rtcpOut.pictureLoss(stream);
        }
    }

    // ---- what the parts share

    SfuSettings settings() {
        return settings;
    }

    DtlsIdentity identity() {
        return identity;
    }

    SecureRandom random() {
        return random;
    }

    Counters counters() {
        return counters;
    }

    Handshakes handshakes() {
        return handshakes;
    }

    AddressTable<Session> byAddress() {
        return byAddress;
    }

    RtcpOut rtcpOut() {
        return rtcpOut;
    }

    List<String> candidateLines() {
        return candidateLines;
    }

    /** Scratch space for one protected packet, between protecting and sending it. */
    byte[] out() {
        return out;
    }
}
