package io.convoke.media.xmpp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * The end of a connection that has had its last word written: our half is closed, and what still comes is read and dropped until the peer closes too. Closing at
 * once would answer bytes on their way with RST, and the peer would lose the word.
 */
final class Farewell {
    /** What the last word may take to be read by the peer before the connection is closed nevertheless. */
    static final long PATIENCE_NANOS = 2_000_000_000;

    private Farewell() {}

    /** Flushes; whoever calls closes the channel after the patience. */
    static void say(Channel channel) {
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (!written.isSuccess() || !(channel instanceof DuplexChannel duplex)) {
                ChannelFuture ignored = channel.close();
            } else if (tls != null) {
                ChannelFuture ignored = tls.closeOutbound().addListener(done -> shutOutput(duplex));
            } else {
                shutOutput(duplex);
            }
        });
    }

    private static void shutOutput(DuplexChannel duplex) {
        ChannelFuture ignored = duplex.shutdownOutput();
    }
}
