package io.convoke.protocols.turn;

/**
 * Bounds on what one allocation or source takes.
 *
 * @param defaultLifetimeSeconds of an allocation that asks for nothing or less (RFC 8656 §7.2: 600)
 * @param maxLifetimeSeconds longest an allocation may ask for (RFC 8656 §7.2: 3600)
 * @param maxPermissions peers' IPs an allocation may have permissions for, 508 above
 * @param maxChannels channels an allocation may have bound, 508 above
 * @param maxConnections TCP connections to and from peers an allocation may have, 508 above (RFC 6062)
 * @param nonceLifetimeSeconds how long a client may use a nonce, then 438
 * @param anonymous how many requests without valid credentials are answered
 */
public record TurnLimits(
        int defaultLifetimeSeconds,
        int maxLifetimeSeconds,
        int maxPermissions,
        int maxChannels,
        int maxConnections,
        int nonceLifetimeSeconds,
        AnonymousRate anonymous) {

    /** As the RFCs recommend. */
    public static final TurnLimits DEFAULT = new TurnLimits(600, 3600, 128, 256, 64, 3600, AnonymousRate.DEFAULT);

    /**
     * For each source (an IPv4 address, or an IPv6 /64 network) and server; more is dropped.
     *
     * @param perSecond in the long run
     * @param burst at once, after a quiet while
     */
    public record AnonymousRate(int perSecond, int burst) {
        /** Lets a network of users behind one address come back at once, and stops a flood. */
        public static final AnonymousRate DEFAULT = new AnonymousRate(1_000, 20_000);

        public AnonymousRate {
            if (perSecond < 1 || burst < 1) {
                throw new IllegalArgumentException("Expected at least 1, but got " + perSecond + " and " + burst);
            }
        }
    }
}
