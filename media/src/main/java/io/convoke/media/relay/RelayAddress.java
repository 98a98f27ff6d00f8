package io.convoke.media.relay;

import java.net.InetAddress;

/**
 * An address of this machine from which allocations talk to peers.
 *
 * @param announced how the outside knows it; the same, unless behind NAT
 */
public record RelayAddress(InetAddress local, InetAddress announced) {}
