package io.convoke.media.relay.stream;

import io.convoke.media.tcp.TestIdentity;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** Listeners for TCP and TLS with users that a test can look at. */
final class TestServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    final EventLoopGroup group;
    final StreamPorts listeners;
    final BlockingQueue<TestUser> users = new LinkedBlockingQueue<>();
    final InetSocketAddress tcp;
    final InetSocketAddress tls;
    volatile boolean echo = true;
    volatile boolean served = true;

    TestServer(Io io, StreamLimits limits) throws Exception {
        group = io.group(2);
        TestIdentity identity = TestIdentity.of("relay.example.org");
        listeners = new StreamPorts(
                group,
                limits,
                new StreamTls(identity.pair().getPrivate(), List.of(identity.certificate())),
                eventLoop -> this::opened);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        tcp = listeners.bind(1, any, false);
        tls = listeners.bind(2, any, true);
    }

    private StreamUser opened(StreamConnection connection) {
        TestUser user = new TestUser(this, connection);
        users.add(user);
        return user;
    }

    Socket connect(boolean encrypted) throws Exception {
        return encrypted ? tls() : plain(tcp);
    }

    static Socket plain(InetSocketAddress to) throws IOException {
        Socket socket = new Socket(to.getAddress(), to.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    SSLSocket tls() throws Exception {
        SSLSocket socket =
                (SSLSocket) TestIdentity.anonymous().getSocketFactory().createSocket(tls.getAddress(), tls.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.startHandshake();
        return socket;
    }

    /** The user behind the connection that was opened next. */
    TestUser user() throws InterruptedException {
        TestUser user = users.poll(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        if (user == null) {
            throw new IllegalStateException("Expected a connection, but none came");
        }
        return user;
    }

    @Override
    public void close() {
        listeners.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
