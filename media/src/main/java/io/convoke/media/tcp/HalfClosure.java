package io.convoke.media.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that go on in one direction after the other has ended. Netty 4.2.18 takes a socket out of epoll when its channel waits for nothing, as it does then, and
 * breaks the connection when it next has to wait, be it only for room to write. So the channel is made to wait for errors too, which epoll reports in any case.
 */
public final class HalfClosure {
    private static final Logger LOG = LoggerFactory.getLogger(HalfClosure.class);
    private static final @Nullable MethodHandle GET_OPS;
    private static final @Nullable MethodHandle SET_OPS;

    static {
        MethodHandle get = null;
        MethodHandle set = null;
        try {
            Class<?> channel = EpollSocketChannel.class.getSuperclass().getSuperclass();
            Lookup lookup = MethodHandles.privateLookupIn(channel, MethodHandles.lookup());
            get = lookup.findGetter(channel, "ops", EpollIoOps.class);
            set = lookup.findSetter(channel, "ops", EpollIoOps.class);
        } catch (ReflectiveOperationException otherVersion) {
            LOG.debug("This version of Netty keeps what a channel waits for elsewhere", otherVersion);
        }
        GET_OPS = get;
        SET_OPS = set;
    }

    private HalfClosure() {}

    /** From now on the end of what is received does not close the channel. On its event loop, once it is registered. */
    public static void allow(Channel channel) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (channel instanceof EpollSocketChannel && GET_OPS != null && SET_OPS != null) {
            try {
                EpollIoOps ops = (EpollIoOps) GET_OPS.invoke(channel);
                SET_OPS.invoke(channel, ops.with(EpollIoOps.EPOLLERR));
            } catch (Throwable e) {
                throw new IllegalStateException("Expected a field to be read and written, but it was not", e);
            }
        }
    }
}
