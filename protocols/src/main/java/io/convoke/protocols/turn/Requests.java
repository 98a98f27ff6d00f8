package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.stun.StunWriter;

/** From a request to its method's handler: credentials, then attributes that are not understood (RFC 8489 §6.3.1), then the method. */
final class Requests {
    private final Shard shard;
    private final Authenticator authenticator;
    private final AllocateHandler allocate;
    private final RefreshHandler refresh;
    private final CreatePermissionHandler createPermission;
    private final ChannelBindHandler channelBind;
    private final ConnectHandler connect;

    Requests(Shard shard, Authenticator authenticator, AllocateHandler allocate, ConnectHandler connect) {
        this.shard = shard;
        this.authenticator = authenticator;
        this.allocate = allocate;
        this.connect = connect;
        refresh = new RefreshHandler(shard);
        createPermission = new CreatePermissionHandler(shard);
        channelBind = new ChannelBindHandler(shard);
    }

    /** Whether requests of this type are served. */
    boolean serves(int type) {
        return switch (type) {
            case StunType.ALLOCATE_REQUEST,
                    StunType.REFRESH_REQUEST,
                    StunType.CREATE_PERMISSION_REQUEST,
                    StunType.CHANNEL_BIND_REQUEST -> true;
            case StunType.CONNECT_REQUEST, StunType.CONNECTION_BIND_REQUEST ->
                shard.settings().tcpAllocations();
            default -> false;
        };
    }

    void handle(Request request) {
        if (!authenticator.authenticate(request)) {
            return;
        }
        int[] unknown = request.message().unknownRequired(this::isKnown);
        if (unknown.length > 0) {
            shard.counters().errors++;
            StunWriter answer = shard.answers().failure(request, StunError.UNKNOWN_ATTRIBUTE);
            shard.answers().send(request, answer.unknownAttributes(unknown));
            return;
        }
        Allocation allocation = request.allocation();
        if (allocation != null && !request.has(StunAttribute.MOBILITY_TICKET)) {
            shard.allocations()
                    .heard(
                            request.from(),
                            allocation); // with a ticket it may be about the move itself, its answer lost
        }
        dispatch(request);
    }

    private void dispatch(Request request) {
        switch (request.type()) {
            case StunType.ALLOCATE_REQUEST -> allocate.handle(request);
            case StunType.REFRESH_REQUEST -> refresh.handle(request);
            case StunType.CREATE_PERMISSION_REQUEST -> createPermission.handle(request);
            case StunType.CHANNEL_BIND_REQUEST -> channelBind.handle(request);
            case StunType.CONNECT_REQUEST -> connect.connect(request);
            case StunType.CONNECTION_BIND_REQUEST -> connect.bind(request);
            default -> throw new IllegalStateException("Expected a served method, but got type " + request.type());
        }
    }

    /** All that the methods here have a use for, with whichever of them it comes (§6.3: known but unexpected attributes are ignored). */
    private boolean isKnown(int type) {
        return switch (type) {
            case StunAttribute.USERNAME,
                    StunAttribute.USERHASH,
                    StunAttribute.REALM,
                    StunAttribute.NONCE,
                    StunAttribute.PASSWORD_ALGORITHM,
                    StunAttribute.CHANNEL_NUMBER,
                    StunAttribute.LIFETIME,
                    StunAttribute.XOR_PEER_ADDRESS,
                    StunAttribute.DATA,
                    StunAttribute.XOR_RELAYED_ADDRESS,
                    StunAttribute.XOR_MAPPED_ADDRESS,
                    StunAttribute.MAPPED_ADDRESS,
                    StunAttribute.ERROR_CODE,
                    StunAttribute.UNKNOWN_ATTRIBUTES,
                    StunAttribute.REQUESTED_ADDRESS_FAMILY,
                    StunAttribute.EVEN_PORT,
                    StunAttribute.REQUESTED_TRANSPORT,
                    StunAttribute.RESERVATION_TOKEN -> true;
            case StunAttribute.DONT_FRAGMENT -> shard.settings().dontFragment();
            case StunAttribute.CONNECTION_ID -> shard.settings().tcpAllocations();
            default -> false;
        };
    }
}
