package io.convoke.actors.webbridge;

import io.convoke.actors.c2w.IceServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to a join, ready to be written as the client protocol says (§1). */
public sealed interface JoinOutcome {
    /** 200. {@code webSocket} is the path of the session WebSocket, {@code iceTransportPolicy} either {@code all} or {@code relay}. */
    record Joined(
            String token,
            String user,
            UUID participant,
            UUID call,
            UUID callbridge,
            UUID space,
            String spaceName,
            String webSocket,
            List<IceServer> iceServers,
            String iceTransportPolicy,
            Instant expires)
            implements JoinOutcome {
        @Override
        public String toString() {
            return "Joined[participant=" + participant + "]";
        }
    }

    /** A problem. {@code expected} and {@code found} are there with {@code badRequest}. */
    record Refused(
            int status,
            String code,
            String title,
            String detail,
            @Nullable String expected,
            @Nullable String found,
            @Nullable Integer retryAfterSeconds)
            implements JoinOutcome {}
}
