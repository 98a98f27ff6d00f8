package io.convoke.media.relay.stream;

import io.convoke.media.tcp.ServerTls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The relay's end of TLS, 1.2 and 1.3. Handshakes are computed on the event loop. Clients that come back resume with a ticket, whose key has to be
 * renewed now and then.
 */
public final class StreamTls {
    private final SecureRandom random = new SecureRandom();
    private final SslContext context;
    private @Nullable OpenSslSessionTicketKey ticketKey;

    /**
     * Holds native memory until {@link #release}.
     *
     * @param chain the key's certificate first
     */
    public StreamTls(PrivateKey key, List<X509Certificate> chain) {
        try {
            SslContextBuilder builder = ServerTls.builder(key, chain);
            if (ServerTls.isNative()) {
                builder.option(OpenSslContextOption.USE_TASKS, false);
            }
            context = builder.build();
            renewTicketKey();
        } catch (SSLException e) {
            throw new IllegalArgumentException("Expected a certificate and key that TLS can be spoken with", e);
        }
    }

    /** Tickets are made with a new key from now on; those of the key before are taken until the next time. By one thread at a time. */
    void renewTicketKey() {
        if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            OpenSslSessionTicketKey fresh = new OpenSslSessionTicketKey(
                    bytes(OpenSslSessionTicketKey.NAME_SIZE),
                    bytes(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                    bytes(OpenSslSessionTicketKey.AES_KEY_SIZE));
            OpenSslSessionTicketKey before = ticketKey;
            ticketKey = fresh;
            if (before == null) {
                sessions.setTicketKeys(fresh);
            } else {
                sessions.setTicketKeys(fresh, before);
            }
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Gives native memory back; connections that are open keep what they need. */
    public void release() {
        ReferenceCountUtil.release(context);
    }

    SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = ServerTls.handler(context, allocator);
        handler.setWrapDataSize(0); // what is written is a record, and is not gathered (StreamOutbox)
        return handler;
    }
}
