package io.convoke.media.relay.peer;

import io.convoke.media.relay.stream.StreamConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A peer's connection, and the tunnel between it and a client's. The two may be on different event loops: each method is called on the loop of the side that it is
 * named after, and what both touch is volatile. A side that does not take bytes stops the other from being read.
 */
final class PeerSocket extends ChannelDuplexHandler implements PeerStream, StreamConnection.Tunnel {
    private static final long PAUSE_MILLIS = 50;
    /** For what was sent before one side closed to reach the other. */
    private static final long LINGER_SECONDS = 10;

    private final Channel peer;
    private volatile @Nullable StreamConnection client;
    private volatile boolean peerFinished;
    private volatile boolean clientFinished;
    private @Nullable Listener listener;
    /** What was read before there was a client: epoll reads up to the peer's end, whatever it was told. */
    private @Nullable ByteBuf early;

    PeerSocket(Channel peer) {
        this.peer = peer;
    }

    @Override
    public InetSocketAddress remote() {
        return (InetSocketAddress) peer.remoteAddress();
    }

    @Override
    public void listener(Listener told) {
        listener = told;
    }

    @Override
    public void join(StreamConnection joined) {
        client = joined;
        ByteBuf first = early;
        early = null;
        if (first != null && listener != null) {
            listener.toClient(first.readableBytes());
        }
        boolean ended = peerFinished;
        if (joined.channel().eventLoop().inEventLoop()) {
            begin(joined, first, ended);
        } else {
            joined.channel().eventLoop().execute(() -> begin(joined, first, ended));
        }
    }

    private void begin(StreamConnection joined, @Nullable ByteBuf first, boolean ended) {
        joined.tunnel(this);
        Channel channel = joined.channel();
        if (first != null) {
            ChannelFuture ignored = channel.writeAndFlush(first, channel.voidPromise());
        }
        if (ended) {
            finish(channel);
        }
    }

    @Override
    public void close() {
        StreamConnection joined = client;
        if (joined != null) {
            joined.abort();
        }
        ChannelFuture ignored = peer.close();
    }

    // From the peer.

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        StreamConnection to = client;
        ByteBuf bytes = (ByteBuf) read;
        if (to == null || peerFinished) {
            if (to == null) {
                early = (early == null ? context.alloc().directBuffer(bytes.readableBytes()) : early).writeBytes(bytes);
            }
            bytes.release();
            return;
        }
        boolean more = listener == null || listener.toClient(bytes.readableBytes());
        Channel channel = to.channel();
        ChannelFuture ignored = channel.writeAndFlush(bytes, channel.voidPromise());
        if (!more) {
            peer.config().setAutoRead(false);
            afterAPause(this::resumePeer);
        }
        holdUnlessWritable(peer, channel);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        StreamConnection to = client;
        if (event instanceof ChannelInputShutdownEvent && !peerFinished) {
            peerFinished = true;
            if (to != null) {
                finish(to.channel());
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        StreamConnection from = client;
        if (from != null && peer.isWritable()) {
            readClient(from);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture ignored = context.close(); // reset: told by the channel's end
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (early != null) {
            early.release();
            early = null;
        }
        StreamConnection joined = client;
        if (joined != null) {
            closeBehindWhatWasSent(joined.channel(), joined::close, joined::abort);
        }
        Listener told = listener;
        listener = null;
        if (told != null) {
            told.ended();
        }
    }

    /** What the client sends passes here, on the peer's loop. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        StreamConnection from = client;
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        if (bytes > 0 && from != null && listener != null && !listener.toPeer(bytes)) {
            from.channel().config().setAutoRead(false);
            afterAPause(this::resumeClient);
        }
        ChannelFuture ignored = context.write(message, promise);
    }

    // From the client.

    @Override
    public void clientReady() {
        readPeer();
    }

    @Override
    public void fromClient(ByteBuf bytes) {
        StreamConnection from = client;
        if (from == null || clientFinished) {
            bytes.release();
            return;
        }
        ChannelFuture ignored = peer.writeAndFlush(bytes, peer.voidPromise());
        holdUnlessWritable(from.channel(), peer);
    }

    @Override
    public void clientFinished() {
        if (!clientFinished) {
            clientFinished = true;
            finish(peer);
        }
    }

    @Override
    public void clientWritabilityChanged() {
        StreamConnection to = client;
        if (to != null && to.channel().isWritable()) {
            readPeer();
        }
    }

    @Override
    public void clientGone() {
        closeBehindWhatWasSent(peer, this::closePeer, () -> {
            if (peer.isOpen()) {
                peer.config().setOption(ChannelOption.SO_LINGER, 0);
                ChannelFuture ignored = peer.close();
            }
        });
    }

    // Both.

    /** Nothing follows the end. */
    private void readPeer() {
        if (!peerFinished) {
            peer.config().setAutoRead(true);
        }
    }

    private void readClient(StreamConnection from) {
        if (!clientFinished) {
            from.channel().config().setAutoRead(true);
        }
    }

    private void closePeer() {
        ChannelFuture ignored = peer.close();
    }

    private void resumePeer() {
        StreamConnection to = client;
        if (listener == null || to == null) {
            return;
        }
        if (!listener.toClient(0)) {
            afterAPause(this::resumePeer);
        } else if (to.channel().isWritable()) {
            readPeer();
        }
    }

    private void resumeClient() {
        StreamConnection from = client;
        if (listener == null || from == null) {
            return;
        }
        if (!listener.toPeer(0)) {
            afterAPause(this::resumeClient);
        } else if (peer.isWritable()) {
            readClient(from);
        }
    }

    private void afterAPause(Runnable task) {
        var ignored = peer.eventLoop().schedule(task, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Looked at again afterwards: on the other loop it may have become writable in between. */
    private static void holdUnlessWritable(Channel from, Channel to) {
        if (!to.isWritable()) {
            from.config().setAutoRead(false);
            if (to.isWritable()) {
                from.config().setAutoRead(true);
            }
        }
    }

    /** Ends one direction, behind what was sent; both connections when it was the second one. */
    private void finish(Channel output) {
        output.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) sent -> {
            if ((peerFinished && clientFinished) || output.pipeline().get(SslHandler.class) != null) {
                ChannelFuture ignored = output.close(); // TLS: few peers can go on after they were told the end
            } else if (output instanceof DuplexChannel duplex) {
                ChannelFuture ignored = duplex.shutdownOutput();
            }
        });
    }

    private static void closeBehindWhatWasSent(Channel output, Runnable close, Runnable abort) {
        if (!output.isActive()) {
            abort.run();
            return;
        }
        output.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> close.run());
        var ignored = output.eventLoop().schedule(abort, LINGER_SECONDS, TimeUnit.SECONDS);
    }
}
