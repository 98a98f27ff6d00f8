package io.convoke.protocols.dtls;

import io.convoke.protocols.srtp.SrtpProfile;
import java.io.IOException;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** The peer: what a browser does as DTLS server, by the library's other half. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"})
final class TestServer extends DefaultTlsServer {
    private static final SignatureAndHashAlgorithm ECDSA =
            SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    private final DtlsIdentity identity;
    private final List<SrtpProfile> profiles;
    private final boolean extendedMasterSecret;
    int resendMillis = 20;
    byte[] exported = new byte[0];
    int[] offeredProfiles = new int[0];
    Certificate seen = Certificate.EMPTY_CHAIN;

    /** @param profiles taken, in the server's own order; none: the extension is not answered */
    TestServer(DtlsIdentity identity, List<SrtpProfile> profiles, boolean extendedMasterSecret) {
        super(identity.crypto());
        this.identity = identity;
        this.profiles = profiles;
        this.extendedMasterSecret = extendedMasterSecret;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
        return extendedMasterSecret;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return 30_000;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return resendMillis;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), identity.crypto(), identity.key(), identity.chain(), ECDSA);
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(new short[] {ClientCertificateType.ecdsa_sign}, new Vector(List.of(ECDSA)), null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) {
        seen = certificate;
    }

    @Override
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        offeredProfiles = TlsSRTPUtils.getUseSRTPExtension(extensions).getProtectionProfiles();
    }

    @Override
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        if (!profiles.isEmpty()) {
            TlsSRTPUtils.addUseSRTPExtension(
                    extensions, new UseSRTPData(new int[] {profiles.get(0).dtlsId()}, new byte[0]));
        }
        return extensions;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (!profiles.isEmpty()) {
            exported = context.exportKeyingMaterial(
                    ExporterLabel.dtls_srtp, null, profiles.get(0).exportedBytes());
        }
    }
}
