package io.convoke.protocols.sdp;

import java.util.List;

/** Which way media may flow in a section, as its author sees it (RFC 8866 §6.7). */
enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    final boolean sends;
    final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    String attribute() {
        return switch (this) {
            case SENDRECV -> "sendrecv";
            case SENDONLY -> "sendonly";
            case RECVONLY -> "recvonly";
            case INACTIVE -> "inactive";
        };
    }

    /** The same flow seen from the other end. */
    Direction mirrored() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    /** The section's own direction, else the session's, else both ways. */
    static Direction of(MediaSection section, Sdp sdp) {
        return in(section.attributes(), in(sdp.attributes(), SENDRECV));
    }

    private static Direction in(List<Attribute> attributes, Direction otherwise) {
        for (Attribute attribute : attributes) {
            for (Direction direction : values()) {
                if (direction.attribute().equals(attribute.name())) {
                    return direction;
                }
            }
        }
        return otherwise;
    }
}
