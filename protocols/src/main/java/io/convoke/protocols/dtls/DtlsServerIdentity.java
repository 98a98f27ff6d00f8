package io.convoke.protocols.dtls;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A server's key, ECDSA or RSA, and its certificates. Immutable; any number of handshakes may use it at once. */
public final class DtlsServerIdentity {
    private final BcTlsCrypto crypto;
    private final AsymmetricKeyParameter key;
    private final Certificate chain;

    private DtlsServerIdentity(BcTlsCrypto crypto, AsymmetricKeyParameter key, Certificate chain) {
        this.crypto = crypto;
        this.key = key;
        this.chain = chain;
    }

    /**
     * Takes what the platform has read.
     *
     * @param chain the key's certificate first
     * @param random for every handshake; must stand use by several threads, as the JDK's do
     * @throws IllegalArgumentException where the key is neither ECDSA nor RSA, or a certificate cannot be read
     */
    public static DtlsServerIdentity of(PrivateKey key, List<X509Certificate> chain, SecureRandom random) {
        try {
            var crypto = new ServerCrypto(random);
            AsymmetricKeyParameter own = PrivateKeyFactory.createKey(key.getEncoded());
            if (!(own instanceof ECPrivateKeyParameters) && !(own instanceof RSAKeyParameters)) {
                throw new IllegalArgumentException("Expected an ECDSA or RSA key, but it is " + key.getAlgorithm());
            }
            var certificates = new TlsCertificate[chain.size()];
            for (int i = 0; i < certificates.length; i++) {
                certificates[i] = crypto.createCertificate(chain.get(i).getEncoded());
            }
            return new DtlsServerIdentity(crypto, own, new Certificate(certificates));
        } catch (IOException | CertificateEncodingException e) {
            throw new IllegalArgumentException("Expected a key and certificates that DTLS can be spoken with", e);
        }
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    AsymmetricKeyParameter key() {
        return key;
    }

    boolean isRsa() {
        return key instanceof RSAKeyParameters;
    }

    Certificate chain() {
        return chain;
    }
}
