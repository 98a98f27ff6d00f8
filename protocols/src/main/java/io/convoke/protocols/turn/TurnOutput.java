package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/** What the owner of a {@link TurnServer} is to do, in order. */
public sealed interface TurnOutput {
    /**
     * Send one STUN message to a client.
     *
     * @param toPort the client's port to send to instead of its own (RESPONSE-PORT, RFC 5780 §7.5); 0 for its own
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Reply(Client to, byte[] message, ReplyFrom from, int toPort) implements TurnOutput {}

    /**
     * Open a port and call {@link TurnServer#opened} or {@link TurnServer#openFailed}, at once or later.
     *
     * @param even an even port (EVEN-PORT, RFC 8656 §18.5)
     * @param reserveNext open the next port too, and hand both over, or none
     * @param reserved the port to use: it was opened as a next one earlier; null: a new one
     */
    record OpenRelay(
            Allocation allocation,
            AddressFamily family,
            PeerTransport transport,
            boolean even,
            boolean reserveNext,
            @Nullable RelayPort reserved)
            implements TurnOutput {}

    /** Close a port. All of an allocation's are closed before its {@link Freed} is given. */
    record CloseRelay(RelayPort port) implements TurnOutput {}

    /** Packets of this client's 5-tuple are this allocation's from now on. The reply follows. */
    record Allocated(Allocation allocation) implements TurnOutput {}

    /** The allocation is no more, and its client has none. */
    record Freed(Allocation allocation, CloseReason why) implements TurnOutput {}

    /**
     * Packets of this client's 5-tuple are this allocation's too from now on (RFC 8016 §3.2.2); those to the client still go to the old one. When
     * ChannelData comes from the new one, call {@link TurnServer#heard}. {@link Moved} follows then, at the latest before {@link Freed}.
     */
    record Moving(Allocation allocation, Client to) implements TurnOutput {}

    /** The allocation's client is at its new 5-tuple now; the old one has no allocation any longer. */
    record Moved(Allocation allocation, Client from, Client to) implements TurnOutput {}

    /** Send a datagram to a peer (Send indication). The bytes are those handed to {@link TurnServer#handlePacket}: use them before it gets more. */
    @SuppressWarnings("ArrayRecordComponent")
    record ToPeer(
            Allocation allocation,
            RelayPort from,
            TransportAddress peer,
            byte[] buffer,
            int offset,
            int length,
            boolean dontFragment)
            implements TurnOutput {}

    /** Connect from the allocation's port to a peer, then {@link TurnServer#peerConnected} or {@link TurnServer#peerConnectFailed}. */
    record ConnectPeer(Allocation allocation, int connectionId, TransportAddress peer) implements TurnOutput {}

    /** Join a peer's connection and a client's: all bytes behind the reply, which comes first, pass both ways (RFC 6062 §5.4). */
    record BindConnection(int connectionId, Client dataConnection) implements TurnOutput {}

    /** Close a peer's connection and the client's joined with it, if any. */
    record CloseConnection(int connectionId) implements TurnOutput {}

    /**
     * Give the message to the server of this shard, with this client: the reservation, ticket or connection it names is there. The bytes are a
     * copy. A reply comes from that shard; a client that moves is that shard's from then on.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Route(int shard, Client from, byte[] message) implements TurnOutput {}

    /** End a client's connection or association. UDP: forget it. */
    record CloseClient(Client client) implements TurnOutput {}
}
