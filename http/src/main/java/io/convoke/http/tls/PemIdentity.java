package io.convoke.http.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** A private key with its certificate chain, which belong together. */
public record PemIdentity(PrivateKey key, List<X509Certificate> chain) {
    /** Reads and checks both files. */
    public static PemIdentity read(PemPaths paths) throws PemFailure {
        List<X509Certificate> chain = PemFiles.certificates(paths.certificate());
        PrivateKey key = PemFiles.privateKey(paths.key());
        if (!belongTogether(key, chain.get(0))) {
            throw new PemFailure(
                    paths.key(), "the key of the first certificate in " + paths.certificate(), "found another one");
        }
        return new PemIdentity(key, chain);
    }

    /** The certificate that stands for this process. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] probe = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PemIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}
