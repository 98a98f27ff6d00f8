package io.convoke.protocols.turn;

import io.convoke.protocols.stun.StunAttribute;
import io.convoke.protocols.stun.StunError;
import org.jspecify.annotations.Nullable;

/** Checks the attributes of an Allocate request in the order of RFC 8656 §7.2, steps 3 to 8, with RFC 6062 §5.1 and RFC 8016 §3.2.1. */
final class AllocateReader {
    private static final int NEXT_PORT_BIT = 0x80;
    private static final int OK = 0;

    private final TurnSettings settings;
    private @Nullable AllocateWishes wishes;

    AllocateReader(TurnSettings settings) {
        this.settings = settings;
    }

    /** What the request asks for, if {@link #read} gave 0. */
    AllocateWishes wishes() {
        AllocateWishes read = wishes;
        if (read == null) {
            throw new IllegalStateException("Expected a request in order, but the last one was not");
        }
        return read;
    }

    /** The error code to answer with; 0: none. */
    int read(Request request) {
        wishes = null;
        int transport = transport(request);
        int order = transport != OK ? transport : reservation(request);
        order = order != OK ? order : families(request);
        order = order != OK ? order : evenPort(request);
        order = order != OK ? order : mobility(request);
        if (order != OK) {
            return order;
        }
        int lifetime = Lifetimes.granted(request, settings.limits());
        if (lifetime == Lifetimes.MALFORMED) {
            return StunError.BAD_REQUEST;
        }
        int even = request.firstByte(StunAttribute.EVEN_PORT, 1);
        boolean additional = hasAdditional(request);
        boolean ipv6 = request.firstByte(StunAttribute.REQUESTED_ADDRESS_FAMILY, 4) == AddressFamily.IPV6.number();
        wishes = new AllocateWishes(
                isTcp(request) ? PeerTransport.TCP : PeerTransport.UDP,
                ipv6 ? AddressFamily.IPV6 : AddressFamily.IPV4,
                additional ? AddressFamily.IPV6 : null,
                even >= 0,
                even >= 0 && (even & NEXT_PORT_BIT) != 0,
                request.has(StunAttribute.RESERVATION_TOKEN),
                request.message().longNumber(StunAttribute.RESERVATION_TOKEN, 0),
                lifetime,
                request.has(StunAttribute.MOBILITY_TICKET));
        return OK;
    }

    /** Step 3: REQUESTED-TRANSPORT must be there, and name a transport that is served to this client. */
    private int transport(Request request) {
        int protocol = request.firstByte(StunAttribute.REQUESTED_TRANSPORT, 4);
        if (protocol < 0) {
            return StunError.BAD_REQUEST;
        }
        PeerTransport transport = PeerTransport.ofProtocol(protocol);
        if (transport == null || (transport == PeerTransport.TCP && !settings.tcpAllocations())) {
            return StunError.UNSUPPORTED_TRANSPORT_PROTOCOL;
        }
        if (transport == PeerTransport.UDP) {
            return OK;
        }
        // RFC 6062 §5.1: over a stream only, and without what has a meaning for datagrams only.
        boolean fits = request.from().transport().isStream()
                && !request.has(StunAttribute.EVEN_PORT)
                && !request.has(StunAttribute.RESERVATION_TOKEN)
                && !request.has(StunAttribute.DONT_FRAGMENT);
        return fits ? OK : StunError.BAD_REQUEST;
    }

    /** Step 5: a reserved port has its family and parity already. */
    private static int reservation(Request request) {
        if (!request.has(StunAttribute.RESERVATION_TOKEN)) {
            return OK;
        }
        boolean fits = request.firstByte(StunAttribute.RESERVATION_TOKEN, 8) >= 0
                && !request.has(StunAttribute.EVEN_PORT)
                && !request.has(StunAttribute.REQUESTED_ADDRESS_FAMILY)
                && !hasAdditional(request);
        return fits ? OK : StunError.BAD_REQUEST;
    }

    /** Steps 6 and 8: one family or both, not one twice; those that are not relayed get 440. */
    private int families(Request request) {
        boolean requested = request.has(StunAttribute.REQUESTED_ADDRESS_FAMILY);
        boolean additional = hasAdditional(request);
        if (requested && additional) {
            return StunError.BAD_REQUEST;
        }
        if (additional) {
            boolean ipv6 = request.firstByte(additional(request), 4) == AddressFamily.IPV6.number();
            return ipv6 ? OK : StunError.BAD_REQUEST;
        }
        if (!requested) {
            boolean served = settings.ipv4() || request.has(StunAttribute.RESERVATION_TOKEN);
            return served ? OK : StunError.ADDRESS_FAMILY_NOT_SUPPORTED;
        }
        int family = request.firstByte(StunAttribute.REQUESTED_ADDRESS_FAMILY, 4);
        if (family < 0) {
            return StunError.BAD_REQUEST;
        }
        boolean served = (family == AddressFamily.IPV4.number() && settings.ipv4())
                || (family == AddressFamily.IPV6.number() && settings.ipv6());
        return served ? OK : StunError.ADDRESS_FAMILY_NOT_SUPPORTED;
    }

    /** Step 7: the next port can be reserved for one family only. */
    private static int evenPort(Request request) {
        if (!request.has(StunAttribute.EVEN_PORT)) {
            return OK;
        }
        int even = request.firstByte(StunAttribute.EVEN_PORT, 1);
        boolean both = hasAdditional(request);
        return even < 0 || (both && (even & NEXT_PORT_BIT) != 0) ? StunError.BAD_REQUEST : OK;
    }

    /** RFC 8016 §3.2.1: an empty ticket asks for one. */
    private int mobility(Request request) {
        int at = request.message().find(StunAttribute.MOBILITY_TICKET);
        if (at < 0) {
            return OK;
        }
        if (!settings.mobility()) {
            return StunError.MOBILITY_FORBIDDEN;
        }
        return request.message().valueLength(at) == 0 ? OK : StunError.BAD_REQUEST;
    }

    private static boolean hasAdditional(Request request) {
        return request.has(additional(request));
    }

    /** The number under which the request has the attribute, if it has it. */
    private static int additional(Request request) {
        return request.has(StunAttribute.DRAFT_ADDITIONAL_ADDRESS_FAMILY)
                        && !request.has(StunAttribute.ADDITIONAL_ADDRESS_FAMILY)
                ? StunAttribute.DRAFT_ADDITIONAL_ADDRESS_FAMILY
                : StunAttribute.ADDITIONAL_ADDRESS_FAMILY;
    }

    private static boolean isTcp(Request request) {
        return request.firstByte(StunAttribute.REQUESTED_TRANSPORT, 4) == PeerTransport.TCP.protocol();
    }
}
