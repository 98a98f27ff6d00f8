package io.convoke.protocols.turn;

/**
 * What a server serves besides relaying datagrams.
 *
 * @param tcpAllocations RFC 6062, to clients on streams
 * @param mobility RFC 8016
 * @param dontFragment DONT-FRAGMENT; false if the sockets cannot, then requests with it are answered 420
 * @param userhash USERHASH instead of USERNAME (RFC 8489 §9.2.1); only where the policy knows all names
 * @param oldChannels channel numbers 0x5000 to 0x7FFF, which RFC 5766 allowed and clients such as coturn's of 2022 still choose
 */
public record TurnFeatures(
        boolean tcpAllocations, boolean mobility, boolean dontFragment, boolean userhash, boolean oldChannels) {
    /** Everything on. */
    public static final TurnFeatures ALL = new TurnFeatures(true, true, true, true, true);
}
