package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;

/** Which shard a request belongs to: tokens, tickets and connection ids begin with its number. */
final class Routing {
    private final int own;
    private final int shards;

    Routing(int own, int shards) {
        this.own = own;
        this.shards = shards;
    }

    /** The shard to answer the request; this one's number if it is this one, or nobody's. */
    int shardOf(Request request) {
        StunMessage message = request.message();
        int named = switch (request.type()) {
            case StunType.ALLOCATE_REQUEST -> request.firstByte(StunAttribute.RESERVATION_TOKEN, 8);
            case StunType.REFRESH_REQUEST ->
                request.allocation() == null
                        ? MobilityTickets.shardOf(message.attribute(StunAttribute.MOBILITY_TICKET))
                        : own;
            case StunType.CONNECTION_BIND_REQUEST -> request.firstByte(StunAttribute.CONNECTION_ID, 4);
            default -> own;
        };
        return named < 0 || named >= shards ? own : named;
    }
}
