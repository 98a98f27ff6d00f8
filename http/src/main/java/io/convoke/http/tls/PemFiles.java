package io.convoke.http.tls;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads certificates (X.509) and keys (PKCS#8, PKCS#1, SEC 1) from PEM files; what else stands in them is skipped. */
public final class PemFiles {
    private static final long MAX_BYTES = 1 << 20;

    private PemFiles() {}

    /** All certificates of the file in its order, at least one. */
    public static List<X509Certificate> certificates(Path file) throws PemFailure {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object object : objects(file, "a certificate")) {
            if (object instanceof X509CertificateHolder holder) {
                try {
                    certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
                } catch (CertificateException e) {
                    throw new PemFailure(file, "a certificate", "found one that cannot be read");
                }
            }
        }
        if (certificates.isEmpty()) {
            throw new PemFailure(file, "a certificate", "found none");
        }
        return List.copyOf(certificates);
    }

    /** The first private key of the file. */
    public static PrivateKey privateKey(Path file) throws PemFailure {
        for (Object object : objects(file, "a private key")) {
            try {
                if (object instanceof PrivateKeyInfo pkcs8) {
                    return key(pkcs8);
                }
                if (object instanceof PEMKeyPair traditional) {
                    return key(traditional.getPrivateKeyInfo());
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new PemFailure(file, "an RSA or EC private key", "found one of another kind");
            }
            if (object instanceof PKCS8EncryptedPrivateKeyInfo || object instanceof PEMEncryptedKeyPair) {
                throw new PemFailure(file, "a private key without a passphrase", "found an encrypted one");
            }
        }
        throw new PemFailure(file, "a private key", "found none");
    }

    private static PrivateKey key(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        boolean ec = info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
        return KeyFactory.getInstance(ec ? "EC" : "RSA").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }

    private static List<Object> objects(Path file, String expected) throws PemFailure {
        List<Object> objects = new ArrayList<>();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new PemFailure(file, expected, "the file is larger than " + MAX_BYTES + " bytes");
            }
            try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
                for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                    objects.add(object);
                }
            }
        } catch (NoSuchFileException e) {
            throw new PemFailure(file, expected, "there is no such file");
        } catch (IOException | RuntimeException e) {
            // Also the parser's own failures on malformed PEM; their texts may quote the file.
            throw new PemFailure(
                    file, expected, "it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return objects;
    }
}
