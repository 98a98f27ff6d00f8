package io.convoke.media.xmpp;

import io.convoke.media.tcp.ServerTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The server's ends of TLS, 1.2 and 1.3: BoringSSL where the platform has it, the JDK's otherwise. */
final class XmppTls {
    private final SslContext components;
    private final SslContext clients;

    XmppTls(XmppIdentity identity, boolean requireClientCertificate) {
        try {
            SslContextBuilder asking = ServerTls.builder(identity.key(), identity.chain())
                    .clientAuth(requireClientCertificate ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL);
            components = (identity.trust().isEmpty()
                            ? asking.trustManager(new AnyCertificate())
                            : asking.trustManager(identity.trust().toArray(X509Certificate[]::new)))
                    .build();
            clients = ServerTls.builder(identity.key(), identity.chain())
                    .applicationProtocolConfig(clientProtocol())
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("Expected a certificate and key that TLS can be spoken with", e);
        }
    }

    SslHandler component(ByteBufAllocator allocator) {
        return ServerTls.handler(components, allocator);
    }

    SslHandler client(ByteBufAllocator allocator) {
        return ServerTls.handler(clients, allocator);
    }

    /** What the peer showed; null where that is nothing. */
    static @Nullable PeerCertificate shown(SslHandler handler) {
        try {
            return handler.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? PeerCertificate.of(certificate)
                    : null;
        } catch (SSLPeerUnverifiedException nothing) {
            return null;
        }
    }

    /** Gives native memory back; connections that are open keep what they need. */
    void release() {
        ReferenceCountUtil.release(components);
        ReferenceCountUtil.release(clients);
    }

    /** Who says nothing of ALPN, or has nothing in common with us, is served as well (XEP-0368 §3). */
    private static ApplicationProtocolConfig clientProtocol() {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                "xmpp-client");
    }
}
