package io.convoke.node.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;

/** An authority and the certificates it issues, as PEM files in a folder (ECDSA on P-256). */
public final class TestCertificates {
    private static final AtomicInteger SERIAL = new AtomicInteger();
    private static final ASN1ObjectIdentifier XMPP_ADDRESS = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");
    private static final Duration DAY = Duration.ofDays(1);

    private final Path folder;
    private final X500Name name;
    private final KeyPair keys = newKeys();

    /** A certificate and its PKCS#8 key. */
    public record Pair(Path certificate, Path key) {}

    public TestCertificates(Path folder, String name) {
        this.folder = folder;
        this.name = new X500Name("CN=" + name);
        write(authority(), pem(sign(this.name, keys, Instant.now(), List.of())));
    }

    /** The authority's own certificate, for whoever shall believe the others. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /** One that holds for two days around now. */
    public Pair issue(String file, GeneralName... names) {
        return issue(file, Instant.now(), names);
    }

    /** One that ended yesterday. */
    public Pair expired(String file, GeneralName... names) {
        return issue(file, Instant.now().minus(DAY.multipliedBy(2)), names);
    }

    /** A host's name, or a wildcard. */
    public static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    /** An XMPP domain (RFC 6120, section 13.7.1.4). */
    public static GeneralName xmpp(String domain) {
        ASN1EncodableVector other = new ASN1EncodableVector();
        other.add(XMPP_ADDRESS);
        other.add(new DERTaggedObject(true, 0, new DERUTF8String(domain)));
        return new GeneralName(GeneralName.otherName, new DERSequence(other));
    }

    private Pair issue(String file, Instant middle, GeneralName... names) {
        KeyPair pair = newKeys();
        Pair paths = new Pair(folder.resolve(file + ".crt"), folder.resolve(file + ".key"));
        write(paths.certificate(), pem(sign(new X500Name("CN=" + file), pair, middle, Arrays.asList(names))));
        try {
            write(paths.key(), new JcaPKCS8Generator(pair.getPrivate(), null));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return paths;
    }

    private X509CertificateHolder sign(X500Name subject, KeyPair pair, Instant middle, List<GeneralName> names) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(middle.minus(DAY)),
                    Date.from(middle.plus(DAY)),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(subject.equals(name)));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (IOException | OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static PemObjectGenerator pem(X509CertificateHolder certificate) {
        try {
            return new JcaMiscPEMGenerator(certificate);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(Path file, PemObjectGenerator content) {
        try (PemWriter writer = new PemWriter(Files.newBufferedWriter(file))) {
            writer.writeObject(content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
