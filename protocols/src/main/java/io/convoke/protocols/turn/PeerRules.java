package io.convoke.protocols.turn;

import java.util.Collection;
import java.util.List;

/**
 * Which peers clients may reach through the relay. Immutable but for the relays it asks; any thread. Both methods allocate
 * nothing for addresses that embed no other.
 *
 * <p>In this order: the denied networks and the relay's own listeners never; live relayed addresses of the same relay
 * always; then either only the announced addresses, or everything public and the allowed networks. An IPv6 address that
 * embeds an IPv4 address (6to4, Teredo, NAT64, compatible) is denied with it, but allowed only by its own network.
 */
public final class PeerRules {
    private final boolean announcedOnly;
    private final AddressTable<Boolean> announced = new AddressTable<>();
    private final AddressTable<Boolean> announcedIps = new AddressTable<>();
    private final AddressTable<Boolean> listeners = new AddressTable<>();
    private final List<IpNetwork> allowed;
    private final List<IpNetwork> denied;
    private final LiveRelays relays;

    private PeerRules(
            boolean announcedOnly,
            List<IpNetwork> allowed,
            List<IpNetwork> denied,
            Collection<TransportAddress> listeners,
            LiveRelays relays) {
        this.announcedOnly = announcedOnly;
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
        this.relays = relays;
        listeners.forEach(listener -> this.listeners.put(listener, Boolean.TRUE));
    }

    /**
     * Peers are what the connected Callbridges announced, and this relay's allocations.
     *
     * @param announced media addresses, IP and port
     * @param listeners every address and port the relay itself listens at, with public ones; none unspecified
     */
    public static PeerRules callbridges(
            Collection<TransportAddress> announced,
            List<IpNetwork> denied,
            Collection<TransportAddress> listeners,
            LiveRelays relays) {
        PeerRules rules = new PeerRules(true, List.of(), denied, listeners, relays);
        for (TransportAddress address : announced) {
            rules.announced.put(address, Boolean.TRUE);
            rules.announcedIps.put(address.withPort(0), Boolean.TRUE);
        }
        return rules;
    }

    /**
     * Peers are the public Internet, the allowed networks, and this relay's allocations.
     *
     * @param listeners as above
     */
    public static PeerRules any(
            List<IpNetwork> allowed,
            List<IpNetwork> denied,
            Collection<TransportAddress> listeners,
            LiveRelays relays) {
        return new PeerRules(false, allowed, denied, listeners, relays);
    }

    /** Whether a permission for this IP may be installed: whether there can be a peer at one of its ports. */
    public boolean allowsIp(long high, long low) {
        if (isDenied(high, low)) {
            return false;
        }
        if (relays.hasIp(high, low)) {
            return true;
        }
        return announcedOnly ? announcedIps.get(high, low, 0) != null : isAllowed(high, low);
    }

    /** Whether packets may be sent to exactly this peer, or a connection opened. */
    public boolean allows(long high, long low, int port) {
        if (port == 0 || isDenied(high, low) || listeners.get(high, low, port) != null) {
            return false;
        }
        if (relays.isLive(high, low, port)) {
            return true;
        }
        return announcedOnly ? announced.get(high, low, port) != null : isAllowed(high, low);
    }

    public boolean allowsIp(TransportAddress peer) {
        return allowsIp(peer.high(), peer.low());
    }

    public boolean allows(TransportAddress peer) {
        return allows(peer.high(), peer.low(), peer.port());
    }

    private boolean isAllowed(long high, long low) {
        return SpecialNetworks.contain(allowed, high, low) || SpecialNetworks.arePublic(high, low);
    }

    private boolean isDenied(long high, long low) {
        return !denied.isEmpty()
                && (SpecialNetworks.contain(denied, high, low)
                        || EmbeddedIpv4.any(
                                high,
                                low,
                                ip -> SpecialNetworks.contain(
                                        denied, 0, TransportAddress.ipv4(ip, 0).low())));
    }
}
