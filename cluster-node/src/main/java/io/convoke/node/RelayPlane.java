package io.convoke.node;

import io.convoke.media.relay.RelayListener;
import io.convoke.media.relay.RelaySettings;
import io.convoke.media.relay.stream.StreamLimits;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.RelaySection;
import io.convoke.protocols.turn.TurnFeatures;
import io.convoke.protocols.turn.TurnLimits;
import io.convoke.protocols.turn.TurnSettings;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The relay's settings in the words of the data plane. */
final class RelayPlane {
    private RelayPlane() {}

    static RelaySettings settings(NodeSettings settings, Instant now) throws StartFailure {
        RelaySection relay = settings.relay();
        RelaySection.Streams streams = relay.streams();
        List<InetAddress> addresses = addresses(settings);
        List<RelayListener> listeners = new ArrayList<>();
        for (InetAddress address : addresses) {
            listeners.add(listener(relay.listening(), address));
        }
        return new RelaySettings(
                listeners,
                List.of(),
                relay.listening().alternatePort(),
                relay.listening().tlsPort() == RelaySection.OFF ? null : RelayCertificate.of(settings, addresses, now),
                relay.ports().first(),
                relay.ports().last(),
                relay.loops() == 0 ? Runtime.getRuntime().availableProcessors() : relay.loops(),
                relay.sendBufferBytes(),
                relay.receiveBufferBytes(),
                true,
                turn(relay, addresses),
                new StreamLimits(
                        streams.maxConnections(),
                        streams.maxConnections(),
                        streams.maxConnectionsPerSource(),
                        streams.maxHandshakes(),
                        streams.maxQueuedBytes(),
                        streams.handshakeTimeout(),
                        streams.idleTimeout(),
                        streams.stallTimeout()));
    }

    /** A wildcard stands for what it means: allocations have to have an address. Where nothing is said, the machine's ::1 comes last. */
    static List<InetAddress> addresses(NodeSettings settings) throws StartFailure {
        List<String> own = settings.relay().listening().addresses();
        boolean wildcard = own.contains("0.0.0.0") || own.contains("::");
        if (!own.isEmpty() && !wildcard) {
            return MediaAddresses.of(own);
        }
        List<String> media = wildcard ? List.of() : settings.media().addresses();
        List<InetAddress> addresses = new ArrayList<>(MediaAddresses.of(media));
        if (media.isEmpty()) {
            MediaAddresses.ipv6Loopback()
                    .filter(address -> !addresses.contains(address))
                    .ifPresent(addresses::add);
        }
        return addresses;
    }

    private static RelayListener listener(RelaySection.Listening listening, InetAddress address) throws StartFailure {
        int tls = listening.tlsPort();
        return new RelayListener(
                address,
                publicAddress(listening, address),
                listening.udp() ? listening.port() : RelayListener.OFF,
                listening.tcp() ? listening.port() : RelayListener.OFF,
                tls == RelaySection.OFF ? RelayListener.OFF : tls,
                tls == RelaySection.OFF || !listening.dtls() ? RelayListener.OFF : tls);
    }

    private static @Nullable InetAddress publicAddress(RelaySection.Listening listening, InetAddress address)
            throws StartFailure {
        InetAddress ofFamily = null;
        for (RelaySection.PublicIp ip : listening.publicIps()) {
            InetAddress seen = literal(ip.seen());
            if (ip.local().isEmpty()) {
                boolean same = seen instanceof Inet4Address == address instanceof Inet4Address;
                ofFamily = same && !address.isLoopbackAddress() ? seen : ofFamily;
            } else if (literal(ip.local()).equals(address)) {
                return seen;
            }
        }
        return ofFamily;
    }

    private static InetAddress literal(String text) throws StartFailure {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException noAddress) {
            throw new StartFailure(
                    "convoke.relay.public-ip: expected an address, but found \"" + text + "\"", noAddress);
        }
    }

    private static TurnSettings turn(RelaySection relay, List<InetAddress> addresses) {
        RelaySection.Lifetimes lifetimes = relay.lifetimes();
        TurnLimits standard = TurnLimits.DEFAULT;
        // Names of users that other software makes up are not known before they come.
        boolean namesAreKnown = relay.access().sharedSecret().reveal().isEmpty()
                && relay.access().formerSecrets().isEmpty();
        return new TurnSettings(
                relay.access().realm(),
                "",
                addresses.stream().anyMatch(Inet4Address.class::isInstance),
                addresses.stream().anyMatch(Inet6Address.class::isInstance),
                new TurnFeatures(relay.tcpRelay(), relay.mobility(), true, namesAreKnown, true),
                new TurnLimits(
                        seconds(lifetimes.usual()),
                        seconds(lifetimes.longest()),
                        standard.maxPermissions(),
                        standard.maxChannels(),
                        standard.maxConnections(),
                        seconds(lifetimes.nonce()),
                        new TurnLimits.AnonymousRate(relay.maxRequestsPerSecond(), relay.requestBurst())));
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toSeconds()));
    }
}
