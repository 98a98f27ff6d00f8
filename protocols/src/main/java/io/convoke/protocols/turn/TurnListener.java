package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/**
 * A socket that clients reach the server on.
 *
 * @param index the owner's number for it
 * @param address as clients are told it (RESPONSE-ORIGIN): behind NAT the public one
 * @param other an address of another IP and another port where the owner listens too, and also on both mixed pairs (OTHER-ADDRESS, RFC 5780
 *     §7.4); null when it has none, then CHANGE-REQUEST is not understood
 */
public record TurnListener(
        int index,
        Transport transport,
        TransportAddress address,
        @Nullable TransportAddress other) {}
