package io.convoke.media.relay;

import io.convoke.media.udp.DatagramFlow;

/**
 * A UDP client's attachment: the way to it from the loop where its allocation is.
 *
 * @param home the loop whose socket the client's packets come to
 */
record UdpClient(DatagramFlow flow, RelayLoop home) {}
