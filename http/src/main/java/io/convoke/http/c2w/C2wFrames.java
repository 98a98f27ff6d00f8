package io.convoke.http.c2w;

import io.convoke.actors.c2w.C2wCodec;
import io.convoke.actors.c2w.C2wFailure;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.protocols.c2w.C2wFrame;
import io.convoke.protocols.c2w.C2wFrame.Kind;

/** Messages in frames: a join is a request, its outcome the response, all else are events. */
final class C2wFrames {
    private C2wFrames() {}

    static C2wFrame frame(C2wMessage message) {
        return new C2wFrame(kind(message), id(message), C2wCodec.name(message), C2wCodec.write(message));
    }

    /** The message in a frame that the other end may send. */
    static C2wMessage message(C2wEnd end, C2wFrame frame) throws C2wFailure {
        C2wMessage message = C2wCodec.read(frame.payload());
        boolean direction = end == C2wEnd.DIALER
                ? message instanceof C2wMessage.FromWebbridge
                : message instanceof C2wMessage.FromCallbridge;
        if (!direction
                || !C2wCodec.name(message).equals(frame.name())
                || kind(message) != frame.kind()
                || id(message) != frame.id()) {
            throw new C2wFailure(
                    C2wFailure.Reason.PROTOCOL,
                    "Expected what a " + end.peer() + " may send, but found " + C2wCodec.name(message) + " in "
                            + frame);
        }
        return message;
    }

    private static Kind kind(C2wMessage message) {
        if (message instanceof C2wMessage.Join) {
            return Kind.REQUEST;
        }
        return message instanceof C2wMessage.JoinAccepted || message instanceof C2wMessage.JoinRefused
                ? Kind.RESPONSE
                : Kind.EVENT;
    }

    private static long id(C2wMessage message) {
        if (message instanceof C2wMessage.Join join) {
            return join.request();
        }
        if (message instanceof C2wMessage.JoinAccepted accepted) {
            return accepted.request();
        }
        return message instanceof C2wMessage.JoinRefused refused ? refused.request() : 0;
    }
}
