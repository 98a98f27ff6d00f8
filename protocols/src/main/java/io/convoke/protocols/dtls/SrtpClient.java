package io.convoke.protocols.dtls;

import io.convoke.protocols.sdp.Fingerprint;
import io.convoke.protocols.srtp.SrtpKeys;
import io.convoke.protocols.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Vector;
import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/** What the library asks a client for, and what it tells it, in one handshake. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the library's own types
final class SrtpClient extends AbstractTlsClient {
    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    };
    private static final int[] SIGNATURES = {
        SignatureScheme.ecdsa_secp256r1_sha256,
        SignatureScheme.ecdsa_secp384r1_sha384,
        SignatureScheme.rsa_pss_rsae_sha256,
        SignatureScheme.rsa_pkcs1_sha256,
        SignatureScheme.rsa_pkcs1_sha384,
    };

    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private final DtlsSettings settings;
    private @Nullable PeerCertificate peer;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;
    private boolean noCommonProfile;
    private int suite;

    SrtpClient(DtlsIdentity identity, List<Fingerprint> expected, DtlsSettings settings) {
        super(identity.crypto());
        this.identity = identity;
        this.expected = expected;
        this.settings = settings;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return SUITES.clone();
    }

    /** X25519 first: a handshake takes three quarters of the time it takes with P-256. */
    @Override
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
        return new Vector(List.of(NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1));
    }

    @Override
    protected Vector getSupportedSignatureAlgorithms() {
        var algorithms = new Vector();
        for (int scheme : SIGNATURES) {
            algorithms.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
        }
        return algorithms;
    }

    /** No OCSP: nobody but the fingerprint vouches for a peer. */
    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    /** How a peer signed its own certificate does not matter; the fingerprint covers every byte of it. */
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    /** Without it the exporter may not be used (RFC 7627 §5.4). */
    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return settings.handshakeTimeoutMillis();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return settings.resendMillis();
    }

    @Override
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        int[] ids = settings.profiles().stream().mapToInt(SrtpProfile::dtlsId).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(ids, new byte[0]));
        return extensions;
    }

    /** The server picks one of our profiles (RFC 5764 §4.1.1), without a key identifier as we sent none. */
    @Override
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
        int[] ids = chosen == null ? new int[0] : chosen.getProtectionProfiles();
        SrtpProfile named = ids.length == 1 ? SrtpProfile.ofDtlsId(ids[0]) : null;
        if (chosen == null || named == null || !settings.profiles().contains(named)) {
            noCommonProfile = true;
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        }
        if (chosen.getMki().length > 0) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter);
        }
        profile = named;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        peer = new PeerCertificate(identity, expected, context);
        return peer;
    }

    @Override
    public void notifySelectedCipherSuite(int selected) {
        super.notifySelectedCipherSuite(selected);
        suite = selected;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SrtpProfile chosen = profile;
        if (chosen == null || peer == null || !peer.known()) {
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        byte[] exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, chosen.exportedBytes());
        keys = SrtpKeys.fromExporter(chosen, exported, true);
        Arrays.fill(exported, (byte) 0);
    }

    /** Once the handshake is complete. */
    SrtpKeys keys() {
        return Objects.requireNonNull(
                keys); // set in notifyHandshakeComplete(), without which connect() does not return
    }

    String suiteName() {
        return switch (suite) {
            case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 -> "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
            case CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 -> "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
            case CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 -> "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
            case CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 -> "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
            default -> "none";
        };
    }

    boolean fingerprintMismatch() {
        return peer != null && peer.mismatch();
    }

    boolean noCommonProfile() {
        return noCommonProfile;
    }
}
