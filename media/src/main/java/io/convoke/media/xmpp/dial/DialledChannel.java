package io.convoke.media.xmpp.dial;

import io.convoke.protocols.xmpp.registration.Break;
import io.convoke.protocols.xmpp.registration.CertificateSeen;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.ServerCertificateCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** One connection on its event loop. All fields but the channel belong to that loop. */
final class DialledChannel implements Dialled {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final DialListener listener;
    private final int maxPendingBytes;
    private volatile @Nullable Channel channel;
    private @Nullable CapturingTrust trust;
    private long pendingBytes;
    private boolean over;

    DialledChannel(DialListener listener, int maxPendingBytes) {
        this.listener = listener;
        this.maxPendingBytes = maxPendingBytes;
    }

    void follow(ChannelFuture connecting) {
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                if (over) {
                    ChannelFuture ignored = connecting.channel().close();
                } else {
                    listener.connected();
                }
            } else {
                end(DialFailures.connecting(done.cause()));
            }
        });
    }

    ChannelHandler handler() {
        return new Inbound();
    }

    @Override
    public void secure(ServerCertificateCheck check, DialTls tls) {
        onLoop(open -> {
            CapturingTrust judge = new CapturingTrust(check, tls);
            trust = judge;
            SslHandler handler = new SslHandler(engine(judge, tls, check.domain()));
            // Whoever dials has a clock for that.
            handler.setHandshakeTimeoutMillis(0);
            handler.handshakeFuture().addListener(done -> {
                CertificateSeen seen = judge.seen();
                if (done.isSuccess() && seen != null && !over) {
                    listener.secured(seen);
                } else if (!done.isSuccess()) {
                    broken(open, done.cause());
                }
            });
            open.pipeline().addFirst(handler);
        });
    }

    private static SSLEngine engine(CapturingTrust trust, DialTls tls, String domain) {
        SSLEngine engine;
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new OwnKey(tls)}, new TrustManager[] {trust}, null);
            engine = context.createSSLEngine();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected a JDK with TLS", e);
        }
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(PROTOCOLS);
        SSLParameters parameters = engine.getSSLParameters();
        try {
            // A server with several domains chooses its certificate by it.
            parameters.setServerNames(List.of(new SNIHostName(domain)));
        } catch (IllegalArgumentException noHostName) {
            parameters.setServerNames(List.of());
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public void send(byte[] bytes) {
        onLoop(open -> {
            if (over) {
                return;
            }
            pendingBytes += bytes.length;
            if (pendingBytes > maxPendingBytes) {
                end(new Break.Clogged("more than " + maxPendingBytes + " bytes wait to be sent"));
                ChannelFuture ignored = open.close();
                return;
            }
            open.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(written -> pendingBytes -= bytes.length);
        });
    }

    @Override
    public void more() {
        onLoop(open -> {
            if (!over) {
                open.read();
            }
        });
    }

    @Override
    public void close() {
        onLoop(open -> {
            over = true;
            ChannelFuture ignored = open.close();
        });
    }

    private interface OnLoop {
        void run(Channel open);
    }

    private void onLoop(OnLoop work) {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("Expected a connection that has begun");
        }
        if (open.eventLoop().inEventLoop()) {
            work.run(open);
        } else if (!open.eventLoop().isShuttingDown()) {
            open.eventLoop().execute(() -> work.run(open));
        }
    }

    private void broken(Channel open, Throwable cause) {
        CapturingTrust judge = trust;
        RegistrationFailure refusal = judge == null ? null : judge.refusal();
        CertificateSeen seen = judge == null ? null : judge.seen();
        if (refusal != null && seen != null) {
            end(new Break.Refused(refusal, seen));
        } else if (judge != null && (DialFailures.isTls(cause) || seen == null)) {
            end(new Break.Tls(DialFailures.tls(cause), seen));
        } else {
            end(new Break.Closed(DialFailures.isReset(cause) ? "the connection was reset" : DialFailures.words(cause)));
        }
        ChannelFuture ignored = open.close();
    }

    private void end(Break why) {
        if (!over) {
            over = true;
            listener.broken(why);
        }
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (!over && message instanceof ByteBuf buffer) {
                    byte[] bytes = new byte[buffer.readableBytes()];
                    buffer.readBytes(bytes);
                    listener.received(bytes);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(new Break.Closed("the server closed the connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken(context.channel(), cause);
        }
    }
}
