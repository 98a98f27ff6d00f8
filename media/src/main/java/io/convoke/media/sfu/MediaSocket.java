package io.convoke.media.sfu;

import io.convoke.media.udp.OutgoingDatagrams;
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
    private final OutgoingDatagrams datagrams;
    private boolean dirty;

    MediaSocket(SfuLoop loop, Channel channel) {
        this.loop = loop;
        this.channel = channel;
        datagrams = new OutgoingDatagrams(channel.alloc());
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

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        datagrams.close();
    }

    /** Copies the bytes and hands the copy over to the channel. */
    void send(byte[] bytes, int length, InetSocketAddress to) {
        if (!channel.isWritable()) {
            loop.counters().drop(DropReason.SEND_FULL);
            return;
        }
        ChannelFuture ignored = channel.write(datagrams.of(bytes, length, to), channel.voidPromise());
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
