package io.convoke.media.xmpp.dial;

import io.convoke.protocols.xmpp.registration.CertificateSeen;
import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.ServerCertificateCheck;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Has one server's certificate judged, and remembers it with the verdict. For one handshake. */
final class CapturingTrust extends X509ExtendedTrustManager {
    private final ServerCertificateCheck check;
    private final DialTls tls;
    private volatile @Nullable CertificateSeen seen;
    private volatile @Nullable RegistrationFailure refusal;

    CapturingTrust(ServerCertificateCheck check, DialTls tls) {
        this.check = check;
        this.tls = tls;
    }

    @Nullable
    CertificateSeen seen() {
        return seen;
    }

    @Nullable
    RegistrationFailure refusal() {
        return refusal;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge(chain);
    }

    private void judge(X509Certificate[] chain) throws CertificateException {
        seen = CertificateSeen.of(chain[0]);
        RegistrationFailure failure = check.judge(
                        List.of(chain),
                        tls.anchors(),
                        tls.trustedBy(),
                        tls.clock().instant())
                .orElse(null);
        refusal = failure;
        if (failure != null) {
            throw new CertificateException(failure.words());
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw noClients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw noClients();
    }

    private static CertificateException noClients() {
        return new CertificateException("Expected a server, but found a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
