package io.convoke.protocols.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's relayed address or two, with permissions and channels (RFC 8656 §3.2). The owner reads it for each packet, on the server's thread
 * only; reading allocates nothing. The machine changes it.
 */
public final class Allocation {
    private final UUID id;
    private final String username;
    private final byte[] key;
    private final PeerTransport peerTransport;
    private final long createdAtNanos;
    private final Lease lease;
    private final RelayPorts ports = new RelayPorts();
    private final Traffic traffic = new Traffic();
    private final ChannelTable channels = new ChannelTable();
    private final AddressTable<Permission> permissions = new AddressTable<>(2);
    private Client client;
    private @Nullable Client movingTo;
    private @Nullable AllocateAttempt attempt;
    private int lastType;
    private byte @Nullable [] lastTransaction;
    private byte @Nullable [] lastAnswer;
    private long reserved;
    private long tokens;
    private long lookAtNanos;
    private int heapIndex;
    private @Nullable Object attachment;

    Allocation(UUID id, Request request, byte[] key, PeerTransport peerTransport, Lease lease) {
        this.id = id;
        this.client = request.from();
        this.username = request.username();
        this.key = key;
        this.peerTransport = peerTransport;
        this.lease = lease;
        createdAtNanos = request.nowNanos();
    }

    /** Names it in the API. */
    public UUID id() {
        return id;
    }

    /** The 5-tuple that packets from peers go to. */
    public Client client() {
        return client;
    }

    /**
     * A 5-tuple whose packets are this allocation's as well, until it is heard and becomes the only one (RFC 8016 §3.2); null mostly. The owner
     * calls {@link TurnServer#heard} before it relays the first ChannelData from there.
     */
    public @Nullable Client movingTo() {
        return movingTo;
    }

    /** The user that made it. */
    public String username() {
        return username;
    }

    /** How it talks to peers. */
    public PeerTransport peerTransport() {
        return peerTransport;
    }

    /** When it was asked for. */
    public long createdAtNanos() {
        return createdAtNanos;
    }

    /** When it ends unless refreshed. */
    public long expiresAtNanos() {
        return ports.lastNanos();
    }

    /** Its ports, one for each family. */
    public List<RelayPort> relayPorts() {
        return ports.all();
    }

    /** Its port of this family; null if it has none. */
    public @Nullable RelayPort relayPort(AddressFamily family) {
        return ports.get(family);
    }

    /** Where ChannelData of this number goes; null: nowhere. */
    public @Nullable Channel channel(int number) {
        return channels.get(number);
    }

    /** The channel of a peer; null: it has none. {@link Channel#permits} tells whether its packets may pass. */
    public @Nullable Channel channelOf(long high, long low, int port) {
        return channels.get(high, low, port);
    }

    /** Whether a peer with this IP may send and be sent to. */
    public boolean permits(long high, long low, long nowNanos) {
        Permission permission = permissions.get(high, low, 0);
        return permission != null && permission.holds(nowNanos);
    }

    /** Every permission, some of which may have ended. */
    public List<Permission> permissions() {
        List<Permission> all = new ArrayList<>(permissions.size());
        permissions.forEach(all::add);
        return all;
    }

    /** The channels it has. */
    public List<Channel> channels() {
        return channels.all();
    }

    /** What it relayed. */
    public Traffic traffic() {
        return traffic;
    }

    /** Takes a packet's bytes from the bandwidth; false: drop it. */
    public boolean spend(int bytes, long nowNanos) {
        if (tokens < bytes) {
            tokens += Math.min(lease.bandwidth().take(bytes, nowNanos), Long.MAX_VALUE - tokens);
            if (tokens < bytes) {
                return false;
            }
        }
        tokens -= bytes;
        return true;
    }

    /** What the owner keeps here; the machine never looks at it. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Keeps something for the owner. */
    public void attach(@Nullable Object object) {
        attachment = object;
    }

    /** What its user's requests are signed with. */
    byte[] key() {
        return key;
    }

    Lease lease() {
        return lease;
    }

    RelayPorts ports() {
        return ports;
    }

    /** The request that is waiting for ports; null when it is answered. */
    @Nullable
    AllocateAttempt attempt() {
        return attempt;
    }

    void attempt(@Nullable AllocateAttempt of) {
        attempt = of;
    }

    void client(Client at) {
        client = at;
    }

    void moveTo(@Nullable Client to) {
        movingTo = to;
    }

    /** Keeps an answer for the case that its request comes again. */
    void answered(Request request, byte[] answer) {
        lastType = request.type();
        lastTransaction = request.transactionId();
        lastAnswer = answer;
    }

    /** The client goes on, so the last request will not come again. */
    void forgetAnswer() {
        lastTransaction = null;
        lastAnswer = null;
    }

    /** The answer this very request got before; null if it is a new one. */
    byte @Nullable [] answerTo(Request request) {
        return request.type() == lastType && request.isTransaction(lastTransaction) ? lastAnswer : null;
    }

    /** Token of the port reserved with its own; 0 if there is none. */
    long reserved() {
        return reserved;
    }

    void reserved(long token) {
        reserved = token;
    }

    int permissionCount() {
        return permissions.size();
    }

    int channelCount() {
        return channels.size();
    }

    boolean hasPermission(TransportAddress peer) {
        return permissions.get(peer.high(), peer.low(), 0) != null;
    }

    Permission permit(TransportAddress peer, long untilNanos) {
        Permission permission = permissions.get(peer.high(), peer.low(), 0);
        if (permission == null) {
            permission = new Permission(peer.withPort(0));
            permissions.put(permission.peer(), permission);
        }
        permission.refresh(untilNanos);
        return permission;
    }

    void bind(int number, TransportAddress peer, RelayPort port, Permission permission, long untilNanos) {
        Channel channel = channels.get(number);
        if (channel == null) {
            channel = new Channel(number, peer, port, permission);
            permission.addChannels(1);
            channels.add(channel);
        }
        channel.refresh(untilNanos);
    }

    void unbind(Channel channel) {
        channels.remove(channel);
        channel.permission().addChannels(-1);
    }

    void revoke(Permission permission) {
        permissions.remove(permission.peer());
    }

    /** Drops channels and permissions that are over. */
    void expire(long nowNanos) {
        if (channels.size() > 0) {
            for (Channel channel : channels.all()) {
                if (channel.expiresAtNanos() - nowNanos <= 0) {
                    unbind(channel);
                }
            }
        }
        permissions.removeIf(permission -> permission.channels() == 0 && !permission.holds(nowNanos));
    }

    /** Takes the family's port away, with its channels and permissions, if its time is over; null if not. */
    @Nullable
    RelayPort dropEnded(AddressFamily family, long nowNanos) {
        RelayPort port = ports.get(family);
        if (port == null || ports.endsNanos(family) - nowNanos > 0) {
            return null;
        }
        ports.put(family, null);
        for (Channel channel : channels.all()) {
            if (AddressFamily.of(channel.peer()) == family) {
                unbind(channel);
            }
        }
        permissions.removeIf(permission -> AddressFamily.of(permission.peer()) == family);
        return port;
    }

    /** When something of it ends next. */
    long nextDeadlineNanos() {
        long[] nearest = {ports.firstNanos()};
        channels.forEach(channel -> nearest[0] = earlier(nearest[0], channel.expiresAtNanos()));
        permissions.forEach(permission -> {
            if (permission.channels() == 0) {
                nearest[0] = earlier(nearest[0], permission.expiresAtNanos());
            }
        });
        return nearest[0];
    }

    long lookAtNanos() {
        return lookAtNanos;
    }

    void lookAt(long nanos) {
        lookAtNanos = nanos;
    }

    int heapIndex() {
        return heapIndex;
    }

    void heapIndex(int at) {
        heapIndex = at;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
