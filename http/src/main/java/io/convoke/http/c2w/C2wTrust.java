package io.convoke.http.c2w;

import io.convoke.actors.c2w.C2wFailure.Reason;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Believes certificates that are in the trust bundle or issued by one in it, that are valid now and, where a server presents them, for the host that
 * was dialled. Every refusal is a {@link PeerRefused} that says which of these failed.
 */
final class C2wTrust extends X509ExtendedTrustManager {
    private final C2wEnd end;
    private final Path bundle;
    private final X509ExtendedTrustManager paths;
    private final InstantSource clock;

    C2wTrust(C2wEnd end, Path bundle, List<X509Certificate> anchors, InstantSource clock) {
        this.end = end;
        this.bundle = bundle;
        this.clock = clock;
        this.paths = pathsTo(anchors);
    }

    private static X509ExtendedTrustManager pathsTo(List<X509Certificate> anchors) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor" + i, anchors.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Expected a JDK with PKIX", e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkPath(chain, () -> paths.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkPath(chain, () -> paths.checkServerTrusted(chain, authType));
        try {
            // The path holds: what fails now is the name.
            paths.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw new PeerRefused(
                    Reason.NAME_MISMATCH,
                    "Expected a certificate for " + engine.getPeerHost() + ", but the " + end.peer() + "'s ("
                            + name(chain) + ") is for " + namesOf(chain[0]));
        }
    }

    private interface PathCheck {
        void run() throws CertificateException;
    }

    private void checkPath(X509Certificate[] chain, PathCheck check) throws PeerRefused {
        CertificateException noPath = null;
        try {
            check.run();
        } catch (CertificateException e) {
            noPath = e;
        }
        // The JDK looks at no dates of a certificate that is in the bundle itself.
        Instant now = clock.instant();
        for (X509Certificate certificate : chain) {
            checkDates(certificate, now);
        }
        if (noPath != null) {
            throw new PeerRefused(
                    Reason.UNTRUSTED,
                    "The " + end.peer() + "'s certificate (" + name(chain) + ") is not in the " + end.own()
                            + "'s C2W trust bundle " + bundle.getFileName() + ", and none in it issued it");
        }
    }

    private void checkDates(X509Certificate certificate, Instant now) throws PeerRefused {
        String subject = certificate.getSubjectX500Principal().getName();
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isAfter(until)) {
            throw new PeerRefused(
                    Reason.CERTIFICATE_EXPIRED,
                    "The " + end.peer() + "'s certificate (" + subject + ") has expired: it was valid until " + until);
        }
        if (now.isBefore(from)) {
            throw new PeerRefused(
                    Reason.CERTIFICATE_NOT_YET_VALID,
                    "The " + end.peer() + "'s certificate (" + subject + ") is not valid yet: it will be from " + from
                            + " on");
        }
    }

    private static String name(X509Certificate[] chain) {
        return chain[0].getSubjectX500Principal().getName();
    }

    private static String namesOf(X509Certificate certificate) {
        List<String> names = PeerCertificates.of(certificate).names();
        return names.isEmpty() ? "no name at all" : names.stream().collect(Collectors.joining(", "));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine(chain);
    }

    /** Only the engine knows whom was dialled; a check without it would be half a check. */
    private static CertificateException withoutEngine(X509Certificate[] chain) {
        return new CertificateException("Expected a TLS engine to check " + Arrays.toString(chain) + " for");
    }

    /** Nothing: the peer shall present what it has. {@link X509TrustManager#getAcceptedIssuers} is only a hint. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
