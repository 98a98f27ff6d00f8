package io.convoke.bench.xmpp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Components that come, prove their secret, and go, each again and again. Event-driven and with BoringSSL's end of TLS, since the JDK's would need more CPU than
 * the servers do.
 */
final class HandshakeLoad implements AutoCloseable {
    private static final int TOGETHER = 16;

    private final Contender server;
    private final @Nullable SslContext tls;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopping;
    private CountDownLatch ended = new CountDownLatch(TOGETHER);

    HandshakeLoad(Contender server, boolean overTls) throws SSLException {
        this.server = server;
        tls = overTls
                ? SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .endpointIdentificationAlgorithm(null)
                        .build()
                : null;
    }

    /** Whole handshakes in this time; who fails stops, and says so. */
    long run(long nanos) throws InterruptedException {
        stopping = false;
        done.set(0);
        ended = new CountDownLatch(TOGETHER);
        for (int index = 0; index < TOGETHER; index++) {
            connect(index);
        }
        boolean allFailed = ended.await(nanos, TimeUnit.NANOSECONDS);
        long count = done.get();
        stopping = true;
        if (!allFailed) {
            ended.await();
        }
        return count;
    }

    private void connect(int index) {
        if (stopping) {
            ended.countDown();
            return;
        }
        ChannelFuture connected = new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(new Component(index));
                    }
                })
                // A source address for each: ports would run out otherwise.
                .connect(
                        server.address(
                                tls == null
                                        ? server.ports().components()
                                        : server.ports().tls()),
                        new InetSocketAddress("127.0.1." + (index + 1), 0));
        connected.addListener(result -> {
            if (!result.isSuccess()) {
                giveUp(result.cause());
            }
        });
    }

    private void giveUp(Throwable cause) {
        System.err.println("A component of " + server.name() + " gave up: " + cause);
        ended.countDown();
    }

    @Override
    public void close() {
        var ignored = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** One connection: header, proof, goodbye; when the server has closed, the next one. */
    private final class Component extends SimpleChannelInboundHandler<ByteBuf> {
        private final int index;
        private final StringBuilder heard = new StringBuilder();
        private int step;

        Component(int index) {
            this.index = index;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            send(context, ComponentPeer.header(Contender.component(index)));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            heard.append(bytes.toString(StandardCharsets.UTF_8));
            String id = step == 0 ? ComponentPeer.streamId(heard) : null;
            if (id != null) {
                step = 1;
                heard.setLength(0);
                send(context, ComponentPeer.proof(id));
            } else if (step == 1 && heard.indexOf("<handshake") >= 0) {
                step = 2;
                done.incrementAndGet();
                send(context, "</stream:stream>");
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (step == 2) {
                connect(index);
            } else {
                giveUp(new IllegalStateException("the server closed after " + heard));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            System.err.println("A component of " + server.name() + ": " + cause);
            ChannelFuture ignored = context.close();
        }

        private static void send(ChannelHandlerContext context, String text) {
            context.writeAndFlush(ByteBufUtil.writeUtf8(context.alloc(), text))
                    .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }
}
