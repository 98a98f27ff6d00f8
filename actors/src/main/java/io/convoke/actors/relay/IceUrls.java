package io.convoke.actors.relay;

import io.convoke.media.relay.TurnEndpoint;
import io.convoke.protocols.turn.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a browser is told to reach this relay (RFC 7065). Browsers slow down with many URLs: one for each transport. DTLS is not among them, for no browser
 * speaks it to a relay.
 */
final class IceUrls {
    private static final List<Transport> SPOKEN = List.of(Transport.UDP, Transport.TCP, Transport.TLS);

    private IceUrls() {}

    /** @param host by which the browser reached the web bridge; empty if unknown */
    static List<String> of(List<TurnEndpoint> endpoints, String host) {
        List<String> urls = new ArrayList<>();
        for (Transport transport : SPOKEN) {
            Collection<TurnEndpoint> ours = firstOfEachAddress(endpoints, transport);
            Set<Integer> ports = new LinkedHashSet<>();
            ours.forEach(endpoint -> ports.add(endpoint.announced().getPort()));
            Optional<TurnEndpoint> local = ours.stream()
                    .filter(endpoint -> endpoint.bound().getAddress().isLoopbackAddress())
                    .findFirst();
            if (transport == Transport.TLS && isLocalName(host) && local.isPresent()) {
                // Firefox speaks TLS to names only; Chromium asks no relay over UDP by this one.
                urls.add(url(transport, host, local.get().announced().getPort()));
            } else if (isLoopback(host) || host.isEmpty() || ports.size() > 1) {
                // A name would not tell which of the ports, or not lead anywhere.
                best(ours)
                        .ifPresent(address ->
                                urls.add(url(transport, address.getAddress().getHostAddress(), address.getPort())));
            } else {
                ports.forEach(port -> urls.add(url(transport, host, port)));
            }
        }
        return urls;
    }

    /** A second port of an address is there for behaviour discovery (RFC 5780). */
    private static Collection<TurnEndpoint> firstOfEachAddress(List<TurnEndpoint> endpoints, Transport transport) {
        Map<InetAddress, TurnEndpoint> first = new LinkedHashMap<>();
        for (TurnEndpoint endpoint : endpoints) {
            if (endpoint.transport() == transport) {
                first.putIfAbsent(endpoint.bound().getAddress(), endpoint);
            }
        }
        return first.values();
    }

    /**
     * One that is no loopback address, if there is one: somebody on this machine reaches it as well, and Firefox asks no relay on 127.0.0.1. IPv4 first.
     */
    private static Optional<InetSocketAddress> best(Collection<TurnEndpoint> endpoints) {
        return endpoints.stream()
                .map(TurnEndpoint::announced)
                .min(Comparator.comparing((InetSocketAddress address) ->
                                address.getAddress().isLoopbackAddress())
                        .thenComparing(address -> address.getAddress().getAddress().length));
    }

    private static String url(Transport transport, String host, int port) {
        String scheme = transport == Transport.TLS ? "turns:" : "turn:";
        String way = transport == Transport.UDP ? "?transport=udp" : "?transport=tcp";
        String plain = host.indexOf('%') < 0 ? host : host.substring(0, host.indexOf('%'));
        return scheme + RelayAddresses.inUrl(plain) + ":" + port + way;
    }

    private static boolean isLocalName(String host) {
        return host.equalsIgnoreCase("localhost") || host.endsWith(".localhost");
    }

    private static boolean isLoopback(String host) {
        if (isLocalName(host)) {
            return true;
        }
        boolean literal = host.matches("[0-9.]+") || host.indexOf(':') >= 0;
        try {
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (java.net.UnknownHostException noAddress) {
            return false;
        }
    }
}
