package io.convoke.media.xmpp;

import org.jspecify.annotations.Nullable;

/** One client's authentication in progress. The answering methods may be called from any thread, each answer once. */
public interface SaslExchange {
    /** Unique on this node. */
    long id();

    /** {@code SCRAM-SHA-256}, {@code PLAIN}, …: one of those offered. */
    String mechanism();

    /** The connection's source address, for throttling. */
    String remoteAddress();

    /** Whether the client's connection is encrypted. */
    boolean secure();

    /** The client has to answer this. */
    void challenge(byte[] data);

    /**
     * The client is who it says.
     *
     * @param local the local part of the address, authenticated; {@code data} additional data, null for none
     */
    void success(String local, byte @Nullable [] data);

    /**
     * The client is not let in.
     *
     * @param condition RFC 6120 §6.5: {@code not-authorized}, {@code temporary-auth-failure}, …; {@code text} for people
     */
    void failure(String condition, String text);
}
