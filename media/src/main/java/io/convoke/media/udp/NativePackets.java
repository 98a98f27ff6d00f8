package io.convoke.media.udp;

import io.convoke.protocols.wire.BigEndian;
import io.netty.channel.epoll.Native;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * An array of the packets that Netty's native {@code recvmsg}, {@code recvmmsg} and {@code sendmmsg} read and fill. Netty's epoll channels make
 * objects for each datagram on top of these calls; here nothing is made. They are not part of Netty's API: this class fails to initialize where
 * a version has them in another shape, which {@link DatagramPlane#hasEpoll} notices.
 */
final class NativePackets {
    private static final Class<?> PACKET = type("NativeDatagramPacketArray$NativeDatagramPacket");
    private static final Lookup PACKETS = lookup(PACKET);

    private static final MethodHandle MAKE = make();
    private static final MethodHandle SET_MEMORY = setter("memoryAddress", long.class);
    private static final MethodHandle SET_COUNT = setter("count", int.class);
    private static final MethodHandle SET_SEGMENT = setter("segmentSize", int.class);
    private static final MethodHandle SET_RECIPIENT_LENGTH = setter("recipientAddrLen", int.class);
    private static final MethodHandle SET_RECIPIENT_PORT = setter("recipientPort", int.class);
    private static final MethodHandle COUNT = getter("count", int.class);
    private static final MethodHandle SEGMENT = getter("segmentSize", int.class);
    private static final MethodHandle SENDER_LENGTH = getter("senderAddrLen", int.class);
    private static final MethodHandle SENDER_PORT = getter("senderPort", int.class);
    private static final MethodHandle SENDER = getter("senderAddr", byte[].class);
    private static final MethodHandle RECIPIENT = getter("recipientAddr", byte[].class);
    private static final MethodHandle SEND_MANY = call("sendmmsg0", PACKET.arrayType(), int.class, int.class)
            .asType(MethodType.methodType(int.class, int.class, boolean.class, Object.class, int.class, int.class));
    private static final MethodHandle RECEIVE_MANY = call("recvmmsg0", PACKET.arrayType(), int.class, int.class)
            .asType(MethodType.methodType(int.class, int.class, boolean.class, Object.class, int.class, int.class));
    private static final MethodHandle RECEIVE_ONE =
            call("recvmsg0", PACKET).asType(MethodType.methodType(int.class, int.class, boolean.class, Object.class));
    private static final int IPV6_BYTES = 16;
    private static final long IPV4_MAPPED = 0xFFFFL << 32;

    private final Object[] packets;
    private final byte[][] senders;
    private final byte[][] recipients;
    private final @Nullable DatagramFlow[] flows;

    NativePackets(int size) {
        packets = (Object[]) Array.newInstance(PACKET, size);
        senders = new byte[size][];
        recipients = new byte[size][];
        flows = new @Nullable DatagramFlow[size];
        try {
            for (int i = 0; i < size; i++) {
                Object packet = (Object) MAKE.invokeExact();
                packets[i] = packet;
                senders[i] = (byte[]) SENDER.invokeExact(packet);
                recipients[i] = (byte[]) RECIPIENT.invokeExact(packet);
                SET_RECIPIENT_LENGTH.invokeExact(packet, IPV6_BYTES);
            }
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Lets packet i be sent from, or received into, the places listed at an address, an array of {@code struct iovec}. */
    void place(int i, long iovecs, int count) {
        try {
            SET_MEMORY.invokeExact(packets[i], iovecs);
            SET_COUNT.invokeExact(packets[i], count);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Makes packet i, which has been received, ready for the next one, into one place. */
    void again(int i) {
        try {
            SET_COUNT.invokeExact(packets[i], 1);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** @param segment of how many bytes the datagrams are, 0 for one datagram */
    void address(int i, DatagramFlow flow, int segment) {
        try {
            if (flows[i] != flow) {
                flows[i] = flow;
                System.arraycopy(flow.address, 0, recipients[i], 0, IPV6_BYTES);
                SET_RECIPIENT_PORT.invokeExact(packets[i], flow.remotePort);
            }
            SET_SEGMENT.invokeExact(packets[i], segment);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** How many bytes were received into packet i. */
    int length(int i) {
        try {
            return (int) COUNT.invokeExact(packets[i]);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** How long each of the datagrams is that were received into packet i; 0 for one. */
    int segment(int i) {
        try {
            return (int) SEGMENT.invokeExact(packets[i]);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    int senderPort(int i) {
        try {
            return (int) SENDER_PORT.invokeExact(packets[i]);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    long senderHigh(int i) {
        return isSenderIpv4(i) ? 0 : BigEndian.i64(senders[i], 0);
    }

    long senderLow(int i) {
        byte[] ip = senders[i];
        return isSenderIpv4(i) ? IPV4_MAPPED | BigEndian.u32(ip, 0) : BigEndian.i64(ip, Long.BYTES);
    }

    private boolean isSenderIpv4(int i) {
        try {
            return (int) SENDER_LENGTH.invokeExact(packets[i]) != IPV6_BYTES;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** How many were sent, or the negative error number. */
    int send(int fd, boolean ipv6, int from, int count) {
        try {
            return (int) SEND_MANY.invokeExact(fd, ipv6, (Object) packets, from, count);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** How many were received, or the negative error number. Segments are not told: not for sockets with UDP_GRO. */
    int receive(int fd, boolean ipv6, int from, int count) {
        try {
            return (int) RECEIVE_MANY.invokeExact(fd, ipv6, (Object) packets, from, count);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** How many bytes were received into packet i, or the negative error number. */
    int receiveOne(int fd, boolean ipv6, int i) {
        try {
            return (int) RECEIVE_ONE.invokeExact(fd, ipv6, packets[i]);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("Expected Netty's packets to be accessible", e);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("io.netty.channel.epoll." + name);
        } catch (ClassNotFoundException e) {
            throw broken(e);
        }
    }

    private static Lookup lookup(Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw broken(e);
        }
    }

    private static MethodHandle make() {
        try {
            Class<?> owner = type("NativeDatagramPacketArray");
            MethodHandle constructor = PACKETS.findConstructor(PACKET, MethodType.methodType(void.class, owner));
            // Which array a packet belongs to matters to Netty's channels only.
            return MethodHandles.insertArguments(constructor, 0, new @Nullable Object[] {null})
                    .asType(MethodType.methodType(Object.class));
        } catch (ReflectiveOperationException e) {
            throw broken(e);
        }
    }

    private static MethodHandle setter(String field, Class<?> type) {
        try {
            return PACKETS.findSetter(PACKET, field, type)
                    .asType(MethodType.methodType(void.class, Object.class, type));
        } catch (ReflectiveOperationException e) {
            throw broken(e);
        }
    }

    private static MethodHandle getter(String field, Class<?> type) {
        try {
            return PACKETS.findGetter(PACKET, field, type).asType(MethodType.methodType(type, Object.class));
        } catch (ReflectiveOperationException e) {
            throw broken(e);
        }
    }

    private static MethodHandle call(String name, Class<?>... arguments) {
        try {
            MethodType type =
                    MethodType.methodType(int.class, int.class, boolean.class).appendParameterTypes(arguments);
            return lookup(Native.class).findStatic(Native.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw broken(e);
        }
    }
}
