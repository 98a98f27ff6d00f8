package io.convoke.media.tcp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How this product's servers speak TLS over TCP, 1.2 and 1.3: BoringSSL where the platform has it, the JDK's otherwise. */
public final class ServerTls {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private ServerTls() {}

    /** {@code BoringSSL} or {@code JDK}. */
    public static String provider() {
        return isNative() ? "BoringSSL" : "JDK";
    }

    /** Whether TLS is spoken by BoringSSL. */
    public static boolean isNative() {
        return OpenSsl.isAvailable();
    }

    /** A context to be completed; it holds native memory, which whoever builds it gives back by releasing it. */
    public static SslContextBuilder builder(PrivateKey key, List<X509Certificate> chain) {
        return SslContextBuilder.forServer(key, chain.toArray(X509Certificate[]::new))
                .sslProvider(isNative() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                .protocols(PROTOCOLS);
    }

    /** A connection's TLS without timers of its own, which would cost memory: the connection's own deadlines have to cover the handshake and the closing. */
    public static SslHandler handler(SslContext context, ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator);
        handler.setHandshakeTimeout(0, TimeUnit.MILLISECONDS);
        handler.setCloseNotifyFlushTimeout(0, TimeUnit.MILLISECONDS);
        return handler;
    }
}
