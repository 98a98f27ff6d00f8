package io.convoke.http;

import akka.http.javadsl.model.AttributeKey;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What is known of a request beside its text, and what routes tell the access log of their answers. */
public final class RequestFacts {
    /** Of an answer: the participant it concerns. */
    public static final AttributeKey<UUID> PARTICIPANT = AttributeKey.create("convoke-participant", UUID.class);
    /** Of an answer: nanoseconds spent waiting for the core. */
    public static final AttributeKey<Long> UPSTREAM_NANOS = AttributeKey.create("convoke-upstream", Long.class);

    private static final int LONGEST_HEADER = 256;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");
    private static final int IPV6_NETWORK_BYTES = 8;

    private RequestFacts() {}

    /** The address of the TCP connection's other end. What headers claim is not believed. */
    public static Optional<InetAddress> peer(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress).flatMap(RemoteAddress::getAddress);
    }

    /** The peer's address as text; {@code -} where unknown. */
    public static String source(HttpRequest request) {
        return peer(request).map(InetAddress::getHostAddress).orElse("-");
    }

    /** What wrong passcodes are counted by: the IPv4 address, or the network of 64 bits that one IPv6 subscriber has to choose addresses from. */
    public static String throttleKey(HttpRequest request) {
        InetAddress address = peer(request).orElse(null);
        if (!(address instanceof Inet6Address six) || six.isLoopbackAddress()) {
            return source(request);
        }
        StringBuilder network = new StringBuilder();
        byte[] bytes = six.getAddress();
        for (int i = 0; i < IPV6_NETWORK_BYTES; i += 2) {
            network.append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
                    .append(':');
        }
        return network.append(":/64").toString();
    }

    /** Name or address that the request names this server by, without port and brackets; empty where that is neither. */
    public static String host(HttpRequest request) {
        String host = request.getUri().host().address().replaceAll("[\\[\\]]", "");
        return HOST.matcher(host).matches() ? host : "";
    }

    /** A header's value, cut to a length that can be logged; empty where it is absent. */
    public static String header(HttpRequest request, String name) {
        String value = request.getHeader(name).map(header -> header.value()).orElse("");
        return value.length() <= LONGEST_HEADER ? value : value.substring(0, LONGEST_HEADER);
    }
}
