package io.convoke.protocols.turn;

import io.convoke.protocols.stun.PasswordAlgorithm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator allows. Shared by all servers of a process: thread-safe, and answers at once. */
public interface TurnPolicy {
    /**
     * Keys that a request of this user may be signed with, most likely first; empty when there is no such user or its time is over. The arrays
     * stay the policy's: not changed by anybody.
     */
    List<byte[]> keys(String username, PasswordAlgorithm algorithm);

    /** The user whose name and realm hash to this (USERHASH, RFC 8489 §14.4); null if unknown. */
    @Nullable
    String usernameOf(byte[] userhash);

    /** Asks for a place in the quotas. */
    Admission admit(String username, TransportAddress source);

    /** Whether permissions for this IP may be installed; the port does not count. */
    boolean allowsPeerIp(TransportAddress peer);

    /** Whether packets may be sent to exactly this peer. */
    boolean allowsPeer(TransportAddress peer);

    /** Whether a permission that stands for this IP may go on. Whatever is allowed anew is kept too. */
    default boolean keepsPeerIp(TransportAddress peer) {
        return allowsPeerIp(peer);
    }

    /** Whether packets may go on to exactly this peer where a permission, a channel or a connection stands. */
    default boolean keepsPeer(TransportAddress peer) {
        return allowsPeer(peer);
    }

    /** A signed request was answered 401; the name is whatever the client wrote, empty where it wrote an unknown hash. */
    default void unauthenticated(String username, Unauthenticated why) {}

    /** A request of the user was answered 403: this peer may not be reached. */
    default void peerRefused(String username, TransportAddress peer) {}

    /** Where new clients should go (300 and ALTERNATE-SERVER, RFC 8489 §10); null while in service. */
    @Nullable
    TransportAddress alternate(AddressFamily clientFamily);
}
