/**
 * UDP sockets on Netty as the data planes want them. {@link io.convoke.media.udp.DatagramPlane} is for packets that are sent on as they came: no
 * object for a packet, sorted and segmented sends ({@code recvmmsg}, {@code sendmmsg}, UDP_GRO, UDP_SEGMENT), NIO where epoll is missing. {@link
 * io.convoke.media.udp.UdpSockets} are Netty's datagram channels.
 */
@NullMarked
package io.convoke.media.udp;

import org.jspecify.annotations.NullMarked;
