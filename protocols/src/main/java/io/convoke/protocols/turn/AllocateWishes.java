package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/**
 * What an Allocate request asks for, made out of attributes that are in order.
 *
 * @param second the family to relay besides the first (ADDITIONAL-ADDRESS-FAMILY)
 * @param hasToken whether it fetches a reserved port
 * @param mobile whether it wants a ticket (RFC 8016 §3.2.1)
 */
record AllocateWishes(
        PeerTransport transport,
        AddressFamily first,
        @Nullable AddressFamily second,
        boolean even,
        boolean reserveNext,
        boolean hasToken,
        long token,
        int lifetimeSeconds,
        boolean mobile) {}
