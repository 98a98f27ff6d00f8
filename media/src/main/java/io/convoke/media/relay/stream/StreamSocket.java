package io.convoke.media.relay.stream;

import io.convoke.media.tcp.HalfClosure;
import io.convoke.protocols.stun.StunType;
import io.convoke.protocols.turn.StreamFraming;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The relay's end of one client's TCP or TLS connection. */
final class StreamSocket extends ChannelInboundHandlerAdapter
        implements StreamConnection, StreamDeadline.Owner, StreamFraming.Sink {
    private static final int MAX_MESSAGE_BYTES = 4 + 0xFFFF;
    /** Without an allocation there is nothing to be sent that is long. */
    private static final int MAX_UNSERVED_BYTES = 4096;

    private static final int CHANNEL_DATA_BITS = 0x40;
    private static final int BIND_REFUSED = StunType.errorOf(StunType.CONNECTION_BIND_REQUEST);

    private final StreamLoop loop;
    private final Channel channel;
    private final int listener;
    private final StreamOutbox outbox;
    private StreamFraming framing = new StreamFraming(MAX_MESSAGE_BYTES);
    private final StreamDeadline deadline;
    private final @Nullable HandshakeSeat seat;
    private @Nullable StreamUser user;
    private @Nullable Tunnel tunnel;
    /** What came behind a ConnectionBind request that has not been answered. */
    private @Nullable ByteBuf held;

    private boolean binding;
    /** The client has sent its last byte. */
    private boolean inputEnded;

    private boolean waitsForFlush;
    private boolean closed;

    /** @param seat the handshake's, given back when that is over; null without TLS */
    StreamSocket(StreamLoop loop, Channel channel, int listener, @Nullable HandshakeSeat seat) {
        this.loop = loop;
        this.channel = channel;
        this.listener = listener;
        this.seat = seat;
        outbox = new StreamOutbox(channel, seat != null);
        deadline = new StreamDeadline(loop.wheel(), loop.limits(), this);
    }

    @Override
    public int listener() {
        return listener;
    }

    @Override
    public boolean encrypted() {
        return seat != null;
    }

    @Override
    public InetSocketAddress remote() {
        return (InetSocketAddress) channel.remoteAddress();
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public boolean send(byte[] message, int offset, int length) {
        if (!channel.eventLoop().inEventLoop()) {
            byte[] copy = Arrays.copyOfRange(message, offset, offset + length);
            channel.eventLoop().execute(() -> send(copy, 0, length));
            return true;
        }
        boolean channelData = (message[offset] & CHANNEL_DATA_BITS) != 0;
        boolean relayed = channelData || isType(message, offset, StunType.DATA_INDICATION);
        if (!admits(relayed, length)) {
            return false;
        }
        int padding = channelData ? -length & 3 : 0;
        written(outbox.room(length + padding)
                .writeBytes(message, offset, length)
                .writeZero(padding));
        if (binding && isType(message, offset, BIND_REFUSED)) {
            goOn();
        }
        return true;
    }

    @Override
    public boolean sendChannelData(int header, ByteBuffer memory, int offset, int length) {
        if (!admits(true, Integer.BYTES + length)) {
            return false;
        }
        int padding = -length & 3;
        ByteBuf room =
                outbox.room(Integer.BYTES + length + padding).writeInt(header).ensureWritable(length + padding);
        int at = room.writerIndex();
        ByteBuffer place = room.internalNioBuffer(at, length); // in the middle of the memory it shares with others
        place.put(place.position(), memory, offset, length);
        written(room.writerIndex(at + length).writeZero(padding));
        return true;
    }

    @Override
    public void close() {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(this::close);
            return;
        }
        if (closed) {
            return;
        }
        if (!channel.isWritable()) {
            abort();
            return;
        }
        outbox.flush();
        closed = true;
        deadline.handshaking(System.nanoTime(), loop.limits().handshakeTimeout().toNanos());
        ChannelFuture ignored = channel.close();
    }

    @Override
    public void abort() {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(this::abort);
            return;
        }
        closed = true;
        outbox.discard();
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.unsafe().close(channel.voidPromise());
        }
    }

    @Override
    public void tunnel(Tunnel through) {
        if (closed) {
            through.clientGone();
            return;
        }
        outbox.flush();
        deadline.end();
        tunnel = through;
        framing.stop();
        through.clientReady();
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            through.fromClient(rest);
        }
        if (inputEnded) {
            through.clientFinished();
        } else {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void flush() {
        waitsForFlush = false;
        outbox.flush();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        loop.opened(this);
        if (seat != null) {
            deadline.handshaking(
                    System.nanoTime(), loop.limits().handshakeTimeout().toNanos());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (seat == null) {
            begin();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && seat != null) {
            seat.leave();
            if (handshake.isSuccess()) {
                loop.counters().handshakes.increment();
                begin();
            } else {
                loop.counters().handshakesFailed.increment(); // TLS closes the connection, behind its alert
            }
        } else if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            inputEnded = true;
            if (tunnel != null) {
                tunnel.clientFinished();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        ByteBuf in = (ByteBuf) read;
        try {
            if (tunnel == null && user != null) {
                frames(in);
            }
            if (tunnel != null && in.isReadable()) {
                tunnel.fromClient(in.retain());
            }
        } finally {
            in.release();
        }
    }

    private void frames(ByteBuf in) {
        while (in.isReadable() && tunnel == null && !binding && !closed) {
            int begin = in.readerIndex();
            int length = in.readableBytes();
            byte[] bytes = loop.read(in);
            boolean channelData = framing.buffered() == 0 && (bytes[0] & CHANNEL_DATA_BITS) != 0;
            if (!channelData || isServed()) {
                in.readerIndex(begin + framing.take(bytes, 0, length, this));
            }
            if (framing.failure() != null
                    || (!isServed() && (channelData || framing.buffered() > MAX_UNSERVED_BYTES))) {
                loop.counters().garbage.increment();
                abort();
            }
        }
        if (in.isReadable() && binding && tunnel == null && !closed) {
            held = (held == null ? channel.alloc().directBuffer(in.readableBytes()) : held).writeBytes(in);
        }
    }

    @Override
    public void message(byte[] bytes, int offset, int length) {
        StreamUser to = user;
        if (to == null || closed) {
            return;
        }
        if (!to.isServed()) {
            deadline.active(System.nanoTime());
        }
        if (isType(bytes, offset, StunType.CONNECTION_BIND_REQUEST)) {
            // What follows may be no message (RFC 6062 §4.4): the answer tells, and may come from another loop.
            binding = true;
            framing.stop();
            channel.config().setAutoRead(false);
            // Epoll reads up to the client's end, whatever it was told; the connection has to outlive that.
            HalfClosure.allow(channel);
        }
        to.message(bytes, offset, length);
    }

    /** The ConnectionBind request was refused: messages follow. */
    private void goOn() {
        binding = false;
        if (inputEnded) {
            close(); // behind the refusal
            return;
        }
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        framing = new StreamFraming(MAX_MESSAGE_BYTES);
        channel.config().setAutoRead(true);
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            frames(rest);
            rest.release();
        }
    }

    private static boolean isType(byte[] message, int offset, int type) {
        return (message[offset] & 0xFF) == type >> 8 && (message[offset + 1] & 0xFF) == (type & 0xFF);
    }

    @Override
    public boolean isServed() {
        return user != null && user.isServed();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (tunnel != null) {
            tunnel.clientWritabilityChanged();
        } else if (channel.isWritable()) {
            deadline.relieved();
        } else {
            deadline.stalled(System.nanoTime());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        abort(); // reset, or what is not TLS: a failed handshake has been counted
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ended(); // for connections that never were active
    }

    @Override
    public void handshakeOver() {
        abort();
    }

    @Override
    public void idleOver() {
        loop.counters().idle.increment();
        close();
    }

    @Override
    public void stallOver() {
        loop.counters().stalled.increment();
        abort();
    }

    @Override
    public long progress() {
        return outbox.progress();
    }

    private void ended() {
        closed = true;
        deadline.end();
        outbox.discard();
        if (held != null) {
            held.release();
            held = null;
        }
        loop.gone(this);
        Tunnel through = tunnel;
        tunnel = null;
        if (through != null) {
            through.clientGone();
        }
        StreamUser from = user;
        user = null;
        if (from != null) {
            from.gone();
        }
    }

    private void begin() {
        deadline.active(System.nanoTime());
        user = loop.opening().opened(this);
    }

    /** Whether there is room; relayed data is dropped first, so that answers have some. */
    private boolean admits(boolean relayed, int length) {
        if (closed || tunnel != null) {
            return false;
        }
        long max = loop.limits().maxQueuedBytes();
        long queued = outbox.queuedBytes() + length;
        if (queued <= max) {
            return true;
        }
        if (relayed) {
            loop.counters().dropped.increment();
        } else if (queued <= 2 * max) {
            return true;
        } else {
            loop.counters().stalled.increment();
            abort();
        }
        return false;
    }

    private void written(ByteBuf room) {
        if (!waitsForFlush && room.isReadable()) {
            waitsForFlush = true;
            loop.flushSoon(this);
        }
    }
}
