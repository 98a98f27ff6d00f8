package io.convoke.media.udp;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Opens Linux's UDP sockets, with the options that Netty gives no names to. */
final class LinuxSockets {
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_IPV6 = 41;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int UDP_GRO = 104;
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    /** "Don't fragment" is not set, and what is too long is fragmented. */
    private static final int PMTUDISC_DONT = 0;
    /** The contrary of both. */
    private static final int PMTUDISC_DO = 2;

    private static final int EADDRINUSE = -98;

    private LinuxSockets() {}

    static LinuxSocket bind(InetSocketAddress address, PortOptions options) throws IOException {
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        LinuxSocket socket;
        try {
            socket = LinuxSocket.newSocketDgram(ipv6);
        } catch (RuntimeException e) {
            throw new IOException("Expected to open a UDP socket, but: " + e.getMessage(), e);
        }
        try {
            if (ipv6) {
                socket.setIntOpt(IPPROTO_IPV6, IPV6_V6ONLY, 1);
            }
            if (options.reusePort()) {
                socket.setReusePort(true);
            }
            if (options.sendBufferBytes() > 0) {
                buffer(socket, SO_SNDBUF, SO_SNDBUFFORCE, options.sendBufferBytes());
            }
            if (options.receiveBufferBytes() > 0) {
                buffer(socket, SO_RCVBUF, SO_RCVBUFFORCE, options.receiveBufferBytes());
            }
            if (options.fragmented()) {
                fragmented(socket, ipv6, true);
            }
            socket.bind(address);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            if (e instanceof NativeIoException error && error.expectedErr() == EADDRINUSE) {
                throw new BindException("Expected UDP " + address + " to be free, but it is in use");
            }
            throw new IOException("Expected to bind UDP " + address + ", but: " + e.getMessage(), e);
        }
    }

    /** Beyond the system's limit where the process may, otherwise up to it. */
    private static void buffer(LinuxSocket socket, int option, int forced, int bytes) throws IOException {
        try {
            socket.setIntOpt(SOL_SOCKET, forced, bytes);
        } catch (IOException e) {
            socket.setIntOpt(SOL_SOCKET, option, bytes);
        }
    }

    /** Whether the kernel does so from now on. */
    static boolean joined(LinuxSocket socket, boolean joined) {
        try {
            socket.setIntOpt(IPPROTO_UDP, UDP_GRO, joined ? 1 : 0);
            return joined;
        } catch (IOException e) {
            return false; // a kernel before 5.0
        }
    }

    static void fragmented(LinuxSocket socket, boolean ipv6, boolean fragmented) throws IOException {
        int mode = fragmented ? PMTUDISC_DONT : PMTUDISC_DO;
        if (ipv6) {
            socket.setIntOpt(IPPROTO_IPV6, IPV6_MTU_DISCOVER, mode);
        } else {
            socket.setIntOpt(IPPROTO_IP, IP_MTU_DISCOVER, mode);
        }
    }
}
