package io.convoke.media.relay;

import io.convoke.protocols.turn.Transport;
import java.net.InetSocketAddress;

/**
 * Where clients are served.
 *
 * @param bound on this machine
 * @param announced as the outside knows it; the same, unless behind NAT
 */
public record TurnEndpoint(Transport transport, InetSocketAddress bound, InetSocketAddress announced) {}
