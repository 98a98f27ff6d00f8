package io.convoke.media.relay.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Gives each connection to one port its handlers, or closes it at once where there are too many. */
@ChannelHandler.Sharable // the initializer keeps nothing of a connection
final class StreamAcceptor extends ChannelInitializer<Channel> {
    private final StreamPorts listeners;
    private final int listener;
    private final @Nullable StreamTls tls;

    StreamAcceptor(StreamPorts listeners, int listener, @Nullable StreamTls tls) {
        this.listeners = listeners;
        this.listener = listener;
        this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
        StreamLoop loop = listeners.loop(channel);
        if (loop == null || !(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            refuse(channel); // gone already
            return;
        }
        InetAddress source = peer.getAddress();
        if (!listeners.census().enter(source)) {
            refuse(channel);
            return;
        }
        HandshakeSeat seat = null;
        if (tls != null) {
            seat = HandshakeSeat.take(
                    listeners.handshaking(), listeners.limits().maxHandshakes());
            if (seat == null) {
                listeners.census().leave(source);
                refuse(channel);
                return;
            }
            channel.pipeline().addLast(tls.handler(channel.alloc()));
        }
        HandshakeSeat taken = seat;
        channel.closeFuture().addListener(closed -> {
            listeners.census().leave(source);
            if (taken != null) {
                taken.leave();
            }
        });
        listeners.counts().accepted.increment();
        channel.pipeline().addLast(new StreamSocket(loop, channel, listener, seat));
    }

    private void refuse(Channel channel) {
        listeners.counts().refused.increment();
        channel.config().setOption(ChannelOption.SO_LINGER, 0); // a flood leaves nothing waiting in the kernel
        channel.unsafe().close(channel.voidPromise());
    }
}
