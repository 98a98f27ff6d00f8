package io.convoke.protocols.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * Our certificate and key for all handshakes of a process: ECDSA on P-256, self-signed (RFC 8827 §6.5). Peers know it by its
 * fingerprint alone. Immutable; any number of handshakes may use it at once.
 */
public final class DtlsIdentity {
    private static final long VALID_SECONDS = 3_650L * 86_400; // nobody checks it, so no node should ever reach it

    private final BcTlsCrypto crypto;
    private final AsymmetricKeyParameter key;
    private final Certificate chain;
    private final String fingerprint;

    private DtlsIdentity(BcTlsCrypto crypto, AsymmetricKeyParameter key, Certificate chain, String fingerprint) {
        this.crypto = crypto;
        this.key = key;
        this.chain = chain;
        this.fingerprint = fingerprint;
    }

    /**
     * Makes a key and its certificate.
     *
     * @param random used here and by every handshake after; must stand use by several threads, as the JDK's do
     * @param notBefore start of validity; take it a day back, as peers' clocks differ
     */
    public static DtlsIdentity generate(SecureRandom random, Instant notBefore) {
        try {
            var curve = new ECNamedDomainParameters(
                    X9ObjectIdentifiers.prime256v1, CustomNamedCurves.getByOID(X9ObjectIdentifiers.prime256v1));
            var generator = new ECKeyPairGenerator();
            generator.init(new ECKeyGenerationParameters(curve, random));
            AsymmetricCipherKeyPair pair = generator.generateKeyPair();
            byte[] encoded = selfSigned(pair, random, notBefore);
            var crypto = new BcTlsCrypto(random);
            var chain = new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded)});
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
            String fingerprint =
                    "sha-256 " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
            return new DtlsIdentity(crypto, pair.getPrivate(), chain, fingerprint);
        } catch (IOException | OperatorCreationException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected to make a certificate, but the cryptography refused", e);
        }
    }

    private static byte[] selfSigned(AsymmetricCipherKeyPair pair, SecureRandom random, Instant notBefore)
            throws IOException, OperatorCreationException {
        var name = new X500Name("CN=Convoke");
        var algorithm = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
        var signer = new BcECContentSignerBuilder(
                        algorithm, new DefaultDigestAlgorithmIdentifierFinder().find(algorithm))
                .setSecureRandom(random)
                .build(pair.getPrivate());
        return new X509v3CertificateBuilder(
                        name,
                        new BigInteger(63, random).add(BigInteger.ONE),
                        Date.from(notBefore),
                        Date.from(notBefore.plusSeconds(VALID_SECONDS)),
                        name,
                        SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()))
                .build(signer)
                .getEncoded();
    }

    /** For the {@code a=fingerprint} attribute: {@code sha-256 AB:CD:...}. */
    public String fingerprint() {
        return fingerprint;
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    AsymmetricKeyParameter key() {
        return key;
    }

    Certificate chain() {
        return chain;
    }
}
