package io.convoke.media.xmpp;

import io.convoke.media.tcp.Wheel;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for the first byte of a connection: TLS begins with a handshake record, XML with anything else. Then it gives way to the handlers that go on. */
final class FirstByte extends ByteToMessageDecoder {
    /** RFC 8446 §5.1: ContentType handshake(22). */
    private static final int HANDSHAKE_RECORD = 22;

    private final WireLoop loop;
    private final long deadlineNanos;
    private final Consumer<Boolean> then;
    private Wheel.@Nullable Entry entry;

    /**
     * Starts waiting, no longer than to the deadline.
     *
     * @param then adds the handlers that go on, told whether the connection speaks TLS
     */
    FirstByte(WireLoop loop, long deadlineNanos, Consumer<Boolean> then) {
        this.loop = loop;
        this.deadlineNanos = deadlineNanos;
        this.then = then;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Wheel.Entry created = new Wheel.Entry(new Wheel.Due() {
            @Override
            public long deadlineNanos() {
                return deadlineNanos;
            }

            @Override
            public void handleTimeout(long nowNanos) {
                ChannelFuture ignored = context.close();
            }
        });
        entry = created;
        loop.wheel().watch(created);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (entry != null) {
            loop.wheel().remove(entry);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        then.accept(in.getByte(in.readerIndex()) == HANDSHAKE_RECORD);
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture ignored = context.close();
    }
}
