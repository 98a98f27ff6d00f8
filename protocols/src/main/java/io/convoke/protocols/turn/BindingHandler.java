package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/**
 * Binding without credentials (RFC 8489 §6.3.1), and behaviour discovery where the listener has another address (RFC 5780 §6.1). An answer is
 * never longer than the request but by the addresses it is asked for.
 */
final class BindingHandler {
    private static final int CHANGE_ADDRESS = 0x04;
    private static final int CHANGE_PORT = 0x02;

    private final Shard shard;

    BindingHandler(Shard shard) {
        this.shard = shard;
    }

    void handle(Request request) {
        TransportAddress other = request.from().listener().other();
        boolean datagrams = request.from().transport() == Transport.UDP;
        StunMessage message = request.message();
        int[] unknown = message.unknownRequired(
                other != null && datagrams ? BindingHandler::isKnownToDiscovery : BindingHandler::isKnown);
        if (unknown.length > 0) {
            shard.counters().errors++;
            StunWriter refusal = shard.answers().failure(request, StunError.UNKNOWN_ATTRIBUTE);
            shard.answers().send(request, refusal.unknownAttributes(unknown));
            return;
        }
        // RFC 5780 §6.1: a padded answer to another port would be a gun.
        boolean padded = message.has(StunAttribute.PADDING);
        boolean elsewhere = message.has(StunAttribute.RESPONSE_PORT);
        int port = elsewhere ? responsePort(message) : 0;
        if ((padded && elsewhere) || port < 0) {
            shard.answers().error(request, StunError.BAD_REQUEST);
            return;
        }
        answer(request, other, port);
    }

    private void answer(Request request, @Nullable TransportAddress other, int port) {
        shard.counters().bindings++;
        TransportAddress mapped = request.from().address();
        StunWriter answer = shard.answers()
                .success(request)
                .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, mapped.high(), mapped.low(), mapped.port());
        ReplyFrom from = ReplyFrom.SAME;
        if (other != null) {
            from = replyFrom(request.message());
            TransportAddress origin = origin(request.from().listener().address(), other, from);
            answer.address(StunAttribute.RESPONSE_ORIGIN, origin.high(), origin.low(), origin.port())
                    .address(StunAttribute.OTHER_ADDRESS, other.high(), other.low(), other.port());
            int padding = request.message().find(StunAttribute.PADDING);
            if (padding != StunMessage.ABSENT) {
                answer.attribute(
                        StunAttribute.PADDING, new byte[request.message().valueLength(padding)]);
            }
        }
        byte[] message = shard.answers().seal(request, answer);
        shard.outputs().add(new TurnOutput.Reply(request.from(), message, from, port));
    }

    private static ReplyFrom replyFrom(StunMessage message) {
        long flags = message.number(StunAttribute.CHANGE_REQUEST);
        if (flags < 0) {
            return ReplyFrom.SAME;
        }
        boolean port = (flags & CHANGE_PORT) != 0;
        if ((flags & CHANGE_ADDRESS) != 0) {
            return port ? ReplyFrom.OTHER_ADDRESS_AND_PORT : ReplyFrom.OTHER_ADDRESS;
        }
        return port ? ReplyFrom.OTHER_PORT : ReplyFrom.SAME;
    }

    private static TransportAddress origin(TransportAddress own, TransportAddress other, ReplyFrom from) {
        return switch (from) {
            case SAME -> own;
            case OTHER_PORT -> own.withPort(other.port());
            case OTHER_ADDRESS -> other.withPort(own.port());
            case OTHER_ADDRESS_AND_PORT -> other;
        };
    }

    /** RESPONSE-PORT (RFC 5780 §7.5): the port, then two bytes of no meaning, which some leave out; -1 if malformed. */
    private static int responsePort(StunMessage message) {
        byte[] value = message.attribute(StunAttribute.RESPONSE_PORT);
        if (value == null || value.length < 2) {
            return -1;
        }
        int port = (value[0] & 0xFF) << 8 | (value[1] & 0xFF);
        return port == 0 ? -1 : port;
    }

    /** Credentials are understood and not asked for; what belongs to ICE is not for this server. */
    private static boolean isKnown(int type) {
        return type == StunAttribute.USERNAME
                || type == StunAttribute.USERHASH
                || type == StunAttribute.REALM
                || type == StunAttribute.NONCE
                || type == StunAttribute.PASSWORD_ALGORITHM
                || type == StunAttribute.MESSAGE_INTEGRITY
                || type == StunAttribute.MESSAGE_INTEGRITY_SHA256;
    }

    private static boolean isKnownToDiscovery(int type) {
        return isKnown(type)
                || type == StunAttribute.CHANGE_REQUEST
                || type == StunAttribute.RESPONSE_PORT
                || type == StunAttribute.PADDING;
    }
}
