package io.convoke.http.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate authority for tests, with its files in a folder. */
public final class TestPki {
    private static final AtomicInteger SERIAL = new AtomicInteger();
    private final Path folder;
    private final String name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    public TestPki(Path folder, String name) {
        this.folder = folder;
        this.name = name;
        this.keys = keys("EC");
        Instant now = Instant.now();
        this.certificate = sign(name, keys, name, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), null);
        write(bundle(), new Object[] {certificate});
    }

    public Path bundle() {
        return folder.resolve(name + "-ca.crt");
    }

    public PemPaths issue(String subject, String dnsName, Duration validFrom, Duration validUntil) {
        return issue(subject, dnsName, validFrom, validUntil, "EC");
    }

    /** Dates are relative to now. The key is written as PKCS#8. */
    public PemPaths issue(String subject, String dnsName, Duration validFrom, Duration validUntil, String algorithm) {
        KeyPair pair = keys(algorithm);
        Instant now = Instant.now();
        X509Certificate leaf = sign(subject, pair, name, now.plus(validFrom), now.plus(validUntil), dnsName);
        String file = subject + SERIAL.incrementAndGet();
        PemPaths paths = new PemPaths(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
        write(paths.certificate(), new Object[] {leaf});
        try {
            write(paths.key(), new Object[] {new JcaPKCS8Generator(pair.getPrivate(), null)});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    private X509Certificate sign(
            String subject, KeyPair pair, String issuer, Instant from, Instant until, String dnsName) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer),
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    new X500Name("CN=" + subject),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(dnsName == null));
            if (dnsName != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void write(Path file, Object... contents) {
        try (PemWriter writer = new PemWriter(Files.newBufferedWriter(file))) {
            for (Object content : contents) {
                writer.writeObject(
                        content instanceof PemObjectGenerator ready ? ready : new JcaMiscPEMGenerator(content));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
