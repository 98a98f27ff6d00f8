package io.convoke.protocols.c2w;

import java.util.Arrays;

/**
 * One frame of a C2W link.
 *
 * @param id of the request or probe; a RESPONSE or PONG carries that of its REQUEST or PING. 0 where nothing is answered
 * @param name what the payload is, such as {@code join}; ASCII letters and digits, 1 to 64, empty for PING and PONG
 * @param payload a JSON object in UTF-8, opaque here; empty for PING and PONG. The array belongs to the frame: nobody writes to it
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, and nobody writes to it
public record C2wFrame(Kind kind, long id, String name, byte[] payload) {
    /** What a frame is for. The code is its byte on the wire. */
    public enum Kind {
        /** Wants one RESPONSE. */
        REQUEST(1),
        /** Answers a REQUEST. */
        RESPONSE(2),
        /** Wants no answer. */
        EVENT(3),
        /** Asks whether the peer is alive. */
        PING(4),
        /** Answers a PING. */
        PONG(5);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        boolean isProbe() {
            return this == PING || this == PONG;
        }
    }

    static C2wFrame probe(Kind kind, long id) {
        return new C2wFrame(kind, id, "", new byte[0]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof C2wFrame that
                && kind == that.kind
                && id == that.id
                && name.equals(that.name)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(id) + name.hashCode()) + Arrays.hashCode(payload);
    }

    /** Without the payload, which may hold secrets. */
    @Override
    public String toString() {
        return "C2wFrame[" + kind + " " + id + " " + name + ", " + payload.length + " bytes]";
    }
}
