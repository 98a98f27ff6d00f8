package io.convoke.protocols.dtls;

import java.io.IOException;
import java.util.Vector;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;

/** What the library asks a server for in one handshake: its own certificate, and none of the client's. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // the library's own types
final class DataServer extends DefaultTlsServer {
    private static final int[] ECDSA_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    };
    private static final int[] RSA_SUITES = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    };

    private final DtlsServerIdentity identity;
    private final int timeoutMillis;

    DataServer(DtlsServerIdentity identity, int timeoutMillis) {
        super(identity.crypto());
        this.identity = identity;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return identity.isRsa() ? RSA_SUITES.clone() : ECDSA_SUITES.clone();
    }

    /** X25519 first, as the cheapest. */
    @Override
    public int[] getSupportedGroups() {
        return new int[] {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};
    }

    @Override
    public boolean preferLocalSupportedGroups() {
        return true;
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return DtlsGuard.MAX_MESSAGE_BYTES;
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return signer(SignatureAlgorithm.ecdsa);
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
        return signer(SignatureAlgorithm.rsa);
    }

    /** With SHA-256 where the client says nothing else; it may want another hash for this key. */
    private TlsCredentialedSigner signer(short algorithm) throws IOException {
        SignatureAndHashAlgorithm chosen = SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, algorithm);
        Vector offered = context.getSecurityParametersHandshake().getClientSigAlgs();
        if (offered != null && !TlsUtils.containsSignatureAlgorithm(offered, chosen)) {
            for (Object each : offered) {
                SignatureAndHashAlgorithm other = (SignatureAndHashAlgorithm) each;
                if (other.getSignature() == algorithm && other.getHash() > HashAlgorithm.sha256) {
                    chosen = other;
                    break;
                }
            }
        }
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context), identity.crypto(), identity.key(), identity.chain(), chosen);
    }
}
