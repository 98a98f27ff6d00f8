package io.convoke.media.xmpp;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.nio.charset.StandardCharsets;

/**
 * The way from HTTP to a WebSocket of RFC 7395. Any {@code Origin} is let in: who logs in proves a password of XMPP, and there are no cookies that another site
 * could use.
 */
final class WebSocketUpgrade {
    static final String SUBPROTOCOL = "xmpp";
    static final String PATH = "/xmpp-websocket";

    private static final int MAX_LINE_BYTES = 4096;
    private static final int MAX_HEAD_BYTES = 8192;
    private static final int CHUNK_BYTES = 1024;

    private WebSocketUpgrade() {}

    static void addTo(ChannelPipeline pipeline, int maxMessageBytes) {
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(PATH)
                .subprotocols(SUBPROTOCOL)
                .decoderConfig(WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(maxMessageBytes)
                        .allowExtensions(false)
                        .build())
                .build();
        pipeline.addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEAD_BYTES, CHUNK_BYTES));
        pipeline.addLast(new WebSocketServerProtocolHandler(config));
        pipeline.addLast(new WebSocketFrameAggregator(maxMessageBytes));
    }

    /** Answers a request that is none for the WebSocket. False: it is no HTTP. */
    static boolean refuse(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            byte[] words = ("Expected a WebSocket of the subprotocol xmpp at " + PATH + "\n")
                    .getBytes(StandardCharsets.US_ASCII);
            DefaultFullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND, Unpooled.wrappedBuffer(words));
            answer.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, "text/plain")
                    .set(HttpHeaderNames.CONTENT_LENGTH, words.length)
                    .set(HttpHeaderNames.CONNECTION, "close");
            context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        }
        return message instanceof HttpObject;
    }
}
