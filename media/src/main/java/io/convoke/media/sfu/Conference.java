package io.convoke.media.sfu;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sessions in join order, and whose streams are on whose slots. Public methods hand over; the rest runs on the event loop. */
final class Conference implements SfuConference {
    private final SfuLoop loop;
    private final UUID id;
    private final List<Session> sessions = new ArrayList<>();
    private final SpeakerDetector speakers = new SpeakerDetector();
    private volatile boolean closed;
    private @Nullable Consumer<List<UUID>> speakingListener;

    Conference(SfuLoop loop, UUID id) {
        this.loop = loop;
        this.id = id;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public SfuSession openSession(UUID participant, SfuSessionListener listener) throws SfuFull {
        if (closed) {
            throw new SfuFull("Expected an open conference, but " + id + " is closed");
        }
        loop.reserveSession();
        Session session = new Session(loop, this, participant, listener);
        loop.execute(session, null, () -> join(session));
        return session;
    }

    @Override
    public void onSpeaking(Consumer<List<UUID>> listener) {
        loop.execute(null, null, () -> speakingListener = listener);
    }

    @Override
    public void close() {
        closed = true;
        loop.execute(null, null, () -> {
            List.copyOf(sessions).forEach(Session::release);
            loop.forget(this);
        });
    }

    private void join(Session session) {
        loop.opened(session);
        if (closed) {
            session.release();
        } else {
            sessions.add(session);
        }
    }

    void left(Session session) {
        if (sessions.remove(session)) {
            reassign(null);
        }
    }

    /** Streams or slots changed: puts the waiting streams on free slots and tells those it concerns, and {@code always} anyway. */
    void reassign(@Nullable Session always) {
        for (Session session : List.copyOf(sessions)) {
            if (!session.negotiatedOnce() || session.ended()) {
                continue;
            }
            SlotView view = session.slotView();
            boolean audioChanged = assign(session, false, view);
            boolean videoChanged = assign(session, true, view);
            if (audioChanged || videoChanged || session == always) {
                view.tell(session);
            }
        }
    }

    private boolean assign(Session session, boolean video, SlotView view) {
        List<IncomingStream> streams = new ArrayList<>();
        for (Session other : sessions) {
            for (IncomingStream stream : other.media().incoming()) {
                // By participant, not session: who reconnects may have two for a while.
                if (!other.participant().equals(session.participant()) && stream.video == video) {
                    streams.add(stream);
                }
            }
        }
        List<OutgoingStream> slots = session.media().slots().stream()
                .filter(slot -> slot.video == video)
                .toList();
        @Nullable
        IncomingStream[] assigned = slots.stream().map(OutgoingStream::source).toArray(IncomingStream[]::new);
        SlotAssignment.assign(assigned, streams);
        for (int i = 0; i < assigned.length; i++) {
            OutgoingStream slot = slots.get(i);
            boolean fresh = slot.source() != assigned[i];
            slot.carry(assigned[i]);
            if (fresh) {
                loop.wantKeyframe(slot);
            }
        }
        return view.update(video, slots, streams.size());
    }

    /** Called every {@link SpeakerDetector#PERIOD_NANOS}. */
    void evaluateSpeakers() {
        List<UUID> now =
                speakers.evaluate(sessions.stream().map(Session::talker).toList());
        Consumer<List<UUID>> listener = speakingListener;
        if (now != null && listener != null) {
            listener.accept(now);
        }
    }
}
