package io.convoke.media.xmpp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;

/** What goes to one client: bytes gathered into one write on TCP, a text message for each piece on a WebSocket. On the event loop only. */
final class ClientOutput {
    private final Channel channel;
    private final boolean webSocket;
    private final Outbox outbox = new Outbox();
    /** A WebSocket before its handshake: nothing can be said there. */
    private boolean silent;

    ClientOutput(Channel channel, boolean webSocket) {
        this.channel = channel;
        this.webSocket = webSocket;
        silent = webSocket;
    }

    /** The WebSocket's handshake is done. */
    void open() {
        silent = false;
    }

    void send(String xml) {
        if (!webSocket) {
            outbox.append(channel, xml.getBytes(StandardCharsets.UTF_8));
        } else if (!silent) {
            ByteBuf text = ByteBufUtil.writeUtf8(channel.alloc(), xml);
            ChannelFuture ignored = channel.write(new TextWebSocketFrame(text), channel.voidPromise());
        }
    }

    void flush() {
        outbox.write(channel);
        channel.flush();
    }

    /** After the last piece. */
    void end() {
        outbox.write(channel);
        if (webSocket && !silent) {
            ChannelFuture ignored =
                    channel.write(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE), channel.voidPromise());
        }
        Farewell.say(channel);
    }

    void discard() {
        outbox.discard();
    }
}
