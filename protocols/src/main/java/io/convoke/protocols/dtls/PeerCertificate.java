package io.convoke.protocols.dtls;

import io.convoke.protocols.sdp.Fingerprint;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** Knows the peer by its certificate's fingerprint (RFC 8122 §6.2) and shows ours. One for each handshake. */
final class PeerCertificate implements TlsAuthentication {
    private static final SignatureAndHashAlgorithm OURS =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private final TlsContext context;
    private boolean known;
    private boolean mismatch;

    PeerCertificate(DtlsIdentity identity, List<Fingerprint> expected, TlsContext context) {
        this.identity = identity;
        this.expected = expected;
        this.context = context;
    }

    @Override
    public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
        Certificate chain = server.getCertificate();
        byte[] encoded =
                chain.isEmpty() ? new byte[0] : chain.getCertificateAt(0).getEncoded();
        for (Fingerprint fingerprint : expected) {
            known |= MessageDigest.isEqual(digest(fingerprint.algorithm(), encoded), fingerprint.digest());
        }
        if (!known) {
            mismatch = true;
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            // Fingerprint admits only digests that every Java has.
            throw new IllegalStateException(e);
        }
    }

    @Override
    public TlsCredentials getClientCredentials(CertificateRequest request) {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), identity.crypto(), identity.key(), identity.chain(), OURS);
    }

    /** The certificate seen is the one expected. */
    boolean known() {
        return known;
    }

    boolean mismatch() {
        return mismatch;
    }
}
