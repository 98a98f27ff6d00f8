package io.convoke.media.sfu;

import io.convoke.media.client.SoftAnswer;
import io.convoke.media.client.SoftClient;
import io.convoke.media.client.SoftSection;
import io.convoke.media.client.SoftSink;
import io.convoke.protocols.rtp.rtcp.RtcpReader;
import io.convoke.protocols.srtp.SrtpProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One participant of a test's call: a software client, its session, and what the session's owner was told. */
final class Caller implements SfuSessionListener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    record State(MediaState state, String detail) {}

    record Slots(List<Slot> slots, int wantedAudio, int wantedVideo) {
        boolean carry(int audio, int video) {
            return taken("audio") == audio && taken("video") == video;
        }

        private long taken(String kind) {
            return slots.stream()
                    .filter(slot -> slot.kind().equals(kind) && slot.participant() != null)
                    .count();
        }
    }

    final UUID id;
    final SoftSink.Queues received = new SoftSink.Queues();
    final BlockingQueue<State> states = new LinkedBlockingQueue<>();
    final BlockingQueue<Slots> slots = new LinkedBlockingQueue<>();
    final BlockingQueue<String> firsts = new LinkedBlockingQueue<>();
    final SoftClient client;
    final SfuSession session;
    final SoftSection audio;
    final SoftSection video;

    Caller(SfuConference conference, int number, SrtpProfile profile) throws SfuFull {
        this(conference, UUID.randomUUID(), number, profile);
    }

    Caller(SfuConference conference, UUID id, int number, SrtpProfile profile) throws SfuFull {
        this.id = id;
        session = conference.openSession(id, this);
        client = new SoftClient(profile, received);
        audio = SoftSection.audio("0", "sendrecv", 1_000 * number);
        video = SoftSection.video("1", "sendrecv", 1_000 * number + 1);
    }

    /** A caller with one audio and one video section, both ways. */
    static Caller join(SfuConference conference, int number) throws Exception {
        Caller caller = new Caller(conference, number, SrtpProfile.AEAD_AES_128_GCM);
        caller.offer(List.of(caller.audio, caller.video));
        caller.connected();
        return caller;
    }

    SoftAnswer offer(List<SoftSection> sections) throws Exception {
        return offer(sections, Map.of());
    }

    SoftAnswer offer(List<SoftSection> sections, Map<String, String> sources) throws Exception {
        OfferOutcome outcome = outcome(client.offer(sections), sources);
        if (outcome instanceof OfferOutcome.Answered answered) {
            return client.answered(answered.sdp());
        }
        throw new AssertionError("Expected an answer, but " + outcome);
    }

    OfferOutcome outcome(String sdp, Map<String, String> sources) throws Exception {
        return session.offer(sdp, sources).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void connected() throws Exception {
        client.connected().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        await(states, state -> state.state() == MediaState.CONNECTED);
    }

    State until(MediaState wanted) throws InterruptedException {
        return await(states, state -> state.state() == wanted);
    }

    SoftSink.Rtp rtp(Predicate<SoftSink.Rtp> wanted) throws InterruptedException {
        return await(received.rtp, wanted);
    }

    /** The next compound packet that holds a packet of that kind; the reader stands at it. */
    RtcpReader rtcp(Predicate<RtcpReader> wanted) throws InterruptedException {
        RtcpReader reader = new RtcpReader();
        await(received.rtcp, compound -> {
            reader.reset(compound, 0, compound.length);
            while (reader.next()) {
                if (wanted.test(reader)) {
                    return true;
                }
            }
            return false;
        });
        return reader;
    }

    SessionSnapshot snapshot() throws Exception {
        return session.snapshot().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void speak(int sequence, int levelDbov) {
        client.send(audio, sequence, 960 * sequence, false, levelDbov, new byte[] {(byte) sequence, 1, 2, 3});
    }

    /** A packet that begins a VP8 keyframe (RFC 7741 §4.2: S bit, partition 0, then P bit 0). */
    void keyframe(int sequence) {
        client.send(video, sequence, 3_000 * sequence, true, 0, new byte[] {0x10, 0x00, (byte) sequence, 7});
    }

    void delta(int sequence) {
        client.send(video, sequence, 3_000 * sequence, true, 0, new byte[] {0x10, 0x01, (byte) sequence, 8});
    }

    static <T> T await(BlockingQueue<T> queue, Predicate<T> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            T next = queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("Expected something else to arrive within " + PATIENCE_SECONDS + " s");
            }
            if (wanted.test(next)) {
                return next;
            }
        }
    }

    @Override
    public void mediaState(MediaState state, String detail) {
        states.add(new State(state, detail));
    }

    @Override
    public void slots(List<Slot> now, int wantedAudio, int wantedVideo) {
        slots.add(new Slots(now, wantedAudio, wantedVideo));
    }

    @Override
    public void firstMedia(String kind) {
        firsts.add(kind);
    }

    @Override
    public void close() {
        session.close();
        client.close();
    }
}
