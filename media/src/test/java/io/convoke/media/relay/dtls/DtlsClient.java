package io.convoke.media.relay.dtls;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UDPTransport;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A client of the library's own, that believes every server. */
public final class DtlsClient extends DefaultTlsClient implements AutoCloseable {
    private static final int WAIT_MILLIS = 10_000;

    final DatagramSocket socket;
    private DTLSTransport transport;

    public DtlsClient(int localPort, InetSocketAddress server) throws IOException {
        super(new BcTlsCrypto(new SecureRandom()));
        socket = new DatagramSocket(new InetSocketAddress(server.getAddress(), localPort));
        socket.connect(server);
    }

    public DtlsClient handshake() throws IOException {
        transport = new DTLSClientProtocol().connect(this, new UDPTransport(socket, 12_000));
        return this;
    }

    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    public void send(byte[] message) throws IOException {
        transport.send(message, 0, message.length);
    }

    /** Null: nothing came. */
    public byte[] receive(int waitMillis) throws IOException {
        byte[] buffer = new byte[16_384];
        int length = transport.receive(buffer, 0, buffer.length, waitMillis);
        return length < 0 ? null : java.util.Arrays.copyOf(buffer, length);
    }

    public byte[] receive() throws IOException {
        return receive(WAIT_MILLIS);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return WAIT_MILLIS;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) {
                // Whoever it is.
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                return null;
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (transport != null) {
            transport.close();
        }
        socket.close();
    }
}
