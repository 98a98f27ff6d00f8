package io.convoke.media.relay;

import io.convoke.media.udp.UdpSockets;
import io.convoke.protocols.stun.StunMessage;
import io.convoke.protocols.stun.StunType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes datagrams on the server's one event loop and answers those that deserve it. Releases what it reads. */
@ChannelHandler.Sharable // all the server's sockets are on one event loop
final class StunHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(StunHandler.class);

    private final SourceLimiter limiter;
    private final byte[] in = new byte[UdpSockets.MAX_DATAGRAM_BYTES];
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong malformed = new AtomicLong();
    private final AtomicLong notBinding = new AtomicLong();
    private final AtomicLong limited = new AtomicLong();

    StunHandler(SourceLimiter limiter) {
        this.limiter = limiter;
    }

    RelayCounters counters() {
        return new RelayCounters(received.get(), answered.get(), malformed.get(), notBinding.get(), limited.get());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            byte[] answer = answer(datagram);
            if (answer != null) {
                ByteBuf out = context.alloc().directBuffer(answer.length).writeBytes(answer);
                ChannelFuture ignored =
                        context.write(new DatagramPacket(out, datagram.sender()), context.voidPromise());
            }
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.trace("Socket error", cause); // ICMP unreachable and the like: nobody to tell
    }

    private byte @Nullable [] answer(DatagramPacket datagram) {
        received.incrementAndGet();
        int length = datagram.content().readableBytes();
        if (length > in.length) {
            malformed.incrementAndGet();
            return null;
        }
        datagram.content().getBytes(datagram.content().readerIndex(), in, 0, length);
        StunMessage request = StunMessage.parse(in, 0, length);
        if (request == null || (request.hasFingerprint() && !request.fingerprintHolds())) {
            malformed.incrementAndGet();
            return null;
        }
        if (request.type() != StunType.BINDING_REQUEST) {
            notBinding.incrementAndGet();
            return null;
        }
        if (!limiter.admits(datagram.sender().getAddress(), System.nanoTime())) {
            limited.incrementAndGet();
            return null;
        }
        answered.incrementAndGet();
        return BindingAnswer.to(request, datagram.sender());
    }
}
