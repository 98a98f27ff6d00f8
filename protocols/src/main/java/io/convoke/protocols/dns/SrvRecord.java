package io.convoke.protocols.dns;

/**
 * Where a service is offered (RFC 2782).
 *
 * @param priority the lowest is tried first
 * @param weight share among those of one priority
 * @param target a host's name without the final dot; {@link #NOWHERE} says that the service is decidedly not offered
 */
public record SrvRecord(int priority, int weight, int port, String target) {
    /** The target that is no host. */
    public static final String NOWHERE = ".";
}
