package io.convoke.actors.c2w;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.actors.trace.TraceEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message on a C2W link. The JSON property {@code type} holds the record's name in lower camel case. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(C2wMessage.Hello.class),
    @JsonSubTypes.Type(C2wMessage.HelloAnswer.class),
    @JsonSubTypes.Type(C2wMessage.Join.class),
    @JsonSubTypes.Type(C2wMessage.JoinAccepted.class),
    @JsonSubTypes.Type(C2wMessage.JoinRefused.class),
    @JsonSubTypes.Type(C2wMessage.SessionOpened.class),
    @JsonSubTypes.Type(C2wMessage.SessionUp.class),
    @JsonSubTypes.Type(C2wMessage.SessionDown.class),
    @JsonSubTypes.Type(C2wMessage.SessionClosed.class),
    @JsonSubTypes.Type(C2wMessage.SessionEnd.class),
    @JsonSubTypes.Type(C2wMessage.EdgeTrace.class),
    @JsonSubTypes.Type(C2wMessage.EdgeState.class),
    @JsonSubTypes.Type(C2wMessage.RelayAsk.class),
    @JsonSubTypes.Type(C2wMessage.RelayAnswer.class),
    @JsonSubTypes.Type(C2wMessage.Goodbye.class)
})
public sealed interface C2wMessage {
    /** The version of these messages that this software speaks. */
    int VERSION = 1;

    /** Sent by the callbridge. */
    sealed interface FromCallbridge extends C2wMessage {}

    /** Sent by the web bridge. */
    sealed interface FromWebbridge extends C2wMessage {}

    /** The callbridge's first message. {@code jwtKey} is the public JWK that its tokens verify with; never a private one. */
    @JsonTypeName("hello")
    record Hello(
            int version,
            UUID callbridge,
            String node,
            String software,
            Map<String, Object> jwtKey,
            List<String> mediaAddresses)
            implements FromCallbridge {
        /** A callbridge that leaves the addresses out takes media nowhere. */
        @SuppressWarnings("ConstantConditions")
        public Hello {
            mediaAddresses = mediaAddresses == null ? List.of() : List.copyOf(mediaAddresses);
        }
    }

    /** The web bridge's first message. */
    @JsonTypeName("helloAnswer")
    record HelloAnswer(int version, UUID webbridge, String name, String software, List<IceServer> iceServers)
            implements FromWebbridge {}

    /**
     * Somebody wants to join. Answered once with the same {@code request}, by {@link JoinAccepted} or {@link JoinRefused}.
     *
     * @param request the web bridge's own number
     * @param source the address that passcode throttling counts by
     */
    @JsonTypeName("join")
    record Join(
            long request,
            UUID session,
            String name,
            @Nullable String callId,
            @Nullable String uri,
            @Nullable String secret,
            @Nullable String passcode,
            String userAgent,
            String source,
            boolean tracing)
            implements FromWebbridge {
        @Override
        public String toString() {
            return "Join[request=" + request + ", session=" + session + "]";
        }
    }

    /** The participant may open a session with the token. */
    @JsonTypeName("joinAccepted")
    record JoinAccepted(
            long request,
            String token,
            String user,
            UUID participant,
            UUID call,
            UUID callbridge,
            UUID space,
            String spaceName,
            Instant expires)
            implements FromCallbridge {
        @Override
        public String toString() {
            return "JoinAccepted[request=" + request + ", participant=" + participant + "]";
        }
    }

    /** The join is refused; {@code code} is one of the client protocol's join errors. */
    @JsonTypeName("joinRefused")
    record JoinRefused(
            long request,
            String code,
            String detail,
            @Nullable Integer retryAfterSeconds) implements FromCallbridge {}

    /** A client opened its WebSocket with a token that verified; {@code space} is the token's. */
    @JsonTypeName("sessionOpened")
    record SessionOpened(UUID participant, String user, UUID connection, UUID session, UUID space)
            implements FromWebbridge {}

    /** One message of the client, as it came. */
    @JsonTypeName("sessionUp")
    record SessionUp(UUID participant, UUID connection, String text) implements FromWebbridge {}

    /** One message of the client protocol to hand to the participant's present connection. */
    @JsonTypeName("sessionDown")
    record SessionDown(UUID participant, String text) implements FromCallbridge {}

    /** A client's connection is gone. {@code left}: it said {@code leave} before. */
    @JsonTypeName("sessionClosed")
    record SessionClosed(UUID participant, UUID connection, String reason, boolean left) implements FromWebbridge {}

    /**
     * The call is over for the participant: the web bridge tells the client and closes. {@code code} is one of the client protocol's
     * {@code ended} codes, or {@code unknownParticipant}.
     */
    @JsonTypeName("sessionEnd")
    record SessionEnd(UUID participant, String code, String detail) implements FromCallbridge {}

    /** The sender is being stopped, and ends the link when everything is said. The receiver ends the calls that came in over it. */
    @JsonTypeName("goodbye")
    record Goodbye(String detail) implements FromCallbridge, FromWebbridge {}

    /** What happened on the edge, for the trace. */
    @JsonTypeName("edgeTrace")
    record EdgeTrace(List<TraceEvent> events) implements FromWebbridge {}

    /** The state of something on the edge; shown by the core as its own. A null {@code json} says that it is gone. */
    @JsonTypeName("edgeState")
    record EdgeState(String kind, String id, @Nullable String json) implements FromWebbridge {}

    /** An administrator asks the relay on the edge that was shown with that {@code id}. Answered once, with the same {@code request}. */
    @JsonTypeName("relayAsk")
    record RelayAsk(long request, String relay, RelayRequest what) implements FromCallbridge {}

    /** The relay's answer. */
    @JsonTypeName("relayAnswer")
    record RelayAnswer(long request, RelayReply reply) implements FromWebbridge {}
}
