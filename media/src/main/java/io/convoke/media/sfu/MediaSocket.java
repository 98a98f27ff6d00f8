package io.convoke.media.sfu;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bound UDP socket: datagrams come in as direct buffers and are copied to the loop's heap array; what is sent is collected until
 * {@link #flush}, so that the kernel takes it in one call. Touched on the event loop only.
 */
final class MediaSocket extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSocket.class);

    private final SfuLoop loop;
    private final Channel channel;
    private boolean dirty;

    MediaSocket(SfuLoop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
    }

    /** Once it is bound. */
    InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    Channel channel() {
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            loop.received(this, datagram.sender(), datagram.content());
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        loop.batchEnded();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // ICMP unreachable and the like: the peer's consent runs out soon if it is gone.
        LOG.trace("Socket error", cause);
    }

    /** Copies the bytes to a pooled buffer and hands that over to the channel, which releases it. */
    void send(byte[] bytes, int length, InetSocketAddress to) {
        if (!channel.isWritable()) {
            loop.counters().drop(DropReason.SEND_FULL);
            return;
        }
        ByteBuf buffer = channel.alloc().directBuffer(length, length);
        buffer.writeBytes(bytes, 0, length);
        ChannelFuture ignored = channel.write(new DatagramPacket(buffer, to), channel.voidPromise());
        loop.counters().packetsOut++;
        loop.counters().bytesOut += length;
        dirty = true;
    }

    void flush() {
        if (dirty) {
            dirty = false;
            channel.flush();
        }
    }
}
