package io.convoke.actors.callbridge;

import io.convoke.media.sfu.MediaState;
import io.convoke.media.sfu.OfferOutcome;
import io.convoke.media.sfu.SessionSnapshot;
import io.convoke.media.sfu.SfuConference;
import io.convoke.media.sfu.SfuSession;
import io.convoke.media.sfu.SfuSessionListener;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Media without packets: answers offers and remembers what it was told. An offer that starts with {@code bad} is refused. */
final class RecordingMedia implements MediaPort {
    final Map<UUID, Room> rooms = new ConcurrentHashMap<>();
    final Map<UUID, Session> sessions = new ConcurrentHashMap<>();

    @Override
    public SfuConference openConference(UUID mediaGuid) {
        Room room = new Room(mediaGuid);
        rooms.put(mediaGuid, room);
        return room;
    }

    @Override
    public List<String> addresses() {
        return List.of("127.0.0.1:50000");
    }

    final class Room implements SfuConference {
        final UUID id;
        volatile Consumer<List<UUID>> speaking = participants -> {};

        Room(UUID id) {
            this.id = id;
        }

        @Override
        public UUID id() {
            return id;
        }

        @Override
        public SfuSession openSession(UUID participant, SfuSessionListener listener) {
            Session session = new Session(participant, listener);
            sessions.put(participant, session);
            return session;
        }

        @Override
        public void onSpeaking(Consumer<List<UUID>> listener) {
            speaking = listener;
        }

        @Override
        public void close() {
            rooms.remove(id);
        }
    }

    final class Session implements SfuSession {
        final UUID participant;
        final SfuSessionListener listener;
        volatile boolean audioMuted;

        Session(UUID participant, SfuSessionListener listener) {
            this.participant = participant;
            this.listener = listener;
        }

        @Override
        public CompletionStage<OfferOutcome> offer(String sdp, Map<String, String> sources) {
            return CompletableFuture.completedFuture(
                    sdp.startsWith("bad")
                            ? new OfferOutcome.Rejected("noBundle", "a BUNDLE group", "none")
                            : new OfferOutcome.Answered("answer to " + sdp));
        }

        @Override
        public void mute(boolean audio, boolean video) {
            audioMuted = audio;
        }

        @Override
        public CompletionStage<SessionSnapshot> snapshot() {
            return CompletableFuture.completedFuture(new SessionSnapshot(
                    MediaState.CONNECTED, "CONNECTED", "127.0.0.1:1", "DTLS 1.2", null, null, List.of(), List.of()));
        }

        @Override
        public void close() {
            sessions.remove(participant, this);
        }
    }
}
