package io.convoke.http.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/** A self-signed certificate (ECDSA on P-256) for a node that was given none: good for trying out, and for a node that talks C2W with itself. */
public final class GeneratedCertificate {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);
    /** Clocks of peers may be a little behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    /** RFC 6120 §13.7.1.4: id-on-xmppAddr. */
    private static final ASN1ObjectIdentifier XMPP_ADDRESS = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.5");

    private GeneratedCertificate() {}

    /**
     * {@code <name>.crt} and {@code <name>.key} in the folder; made where they are missing, unreadable, about to expire, or for other names. Only
     * the owner may read the key.
     *
     * @param names DNS names and IP addresses; the first is the subject's common name too
     */
    public static PemPaths ensure(Path folder, String name, List<String> names, Instant now) {
        return ensure(folder, name, names, List.of(), now);
    }

    /**
     * The same, for an XMPP server.
     *
     * @param xmppDomains domains that it has as id-on-xmppAddr too (RFC 6120 §13.7.1.4)
     */
    public static PemPaths ensure(Path folder, String name, List<String> names, List<String> xmppDomains, Instant now) {
        GeneralNames alternatives = alternatives(names, xmppDomains);
        PemPaths paths = new PemPaths(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        if (!stillGood(paths, alternatives, now)) {
            try {
                write(paths, names.get(0), alternatives, now);
            } catch (IOException e) {
                throw new UncheckedIOException("Expected to write a certificate into " + folder, e);
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException("Expected a JDK with P-256", e);
            }
        }
        return paths;
    }

    private static boolean stillGood(PemPaths paths, GeneralNames names, Instant now) {
        try {
            X509Certificate certificate = PemIdentity.read(paths).certificate();
            return certificate.getNotAfter().toInstant().isAfter(now.plus(RENEW_BEFORE))
                    && namesOf(certificate).equals(setOf(names));
        } catch (PemFailure | CertificateEncodingException e) {
            return false;
        }
    }

    private static Set<GeneralName> namesOf(X509Certificate certificate) throws CertificateEncodingException {
        GeneralNames names = GeneralNames.fromExtensions(
                new JcaX509CertificateHolder(certificate).getExtensions(), Extension.subjectAlternativeName);
        return names == null ? Set.of() : setOf(names);
    }

    private static Set<GeneralName> setOf(GeneralNames names) {
        return new HashSet<>(Arrays.asList(names.getNames()));
    }

    private static GeneralNames alternatives(List<String> names, List<String> xmppDomains) {
        Set<GeneralName> all = new LinkedHashSet<>();
        names.forEach(
                name -> all.add(new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name)));
        xmppDomains.forEach(domain -> all.add(
                new GeneralName(GeneralName.otherName, new OtherName(XMPP_ADDRESS, new DERUTF8String(domain)))));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static void write(PemPaths paths, String subject, GeneralNames names, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X509CertificateHolder certificate = sign(pair, subject, names, now);
        makeFolder(paths.certificate().toAbsolutePath().getParent());
        // The key first: a crash in between leaves a pair that does not fit, which is made anew.
        replace(paths.key(), new JcaPKCS8Generator(pair.getPrivate(), null), "rw-------");
        replace(paths.certificate(), new JcaMiscPEMGenerator(certificate), "rw-r--r--");
    }

    /** One that is made here is its owner's alone; one that was there is left as it is. */
    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(
                folder, posix ? new FileAttribute<?>[] {permissionsOf("rwx------")} : new FileAttribute<?>[0]);
    }

    private static X509CertificateHolder sign(KeyPair pair, String commonName, GeneralNames names, Instant now)
            throws IOException, OperatorCreationException {
        var subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        return new JcaX509v3CertificateBuilder(
                        subject,
                        new BigInteger(120, new SecureRandom()).setBit(119),
                        Date.from(now.minus(BACKDATED)),
                        Date.from(now.plus(LIFETIME)),
                        subject,
                        pair.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }))
                .addExtension(Extension.subjectAlternativeName, false, names)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }

    private static void replace(Path file, PemObjectGenerator content, String permissions) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean posix = Files.getFileStore(fresh.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
        FileAttribute<?>[] attributes =
                posix ? new FileAttribute<?>[] {permissionsOf(permissions)} : new FileAttribute<?>[0];
        Files.createFile(fresh, attributes);
        try (PemWriter writer = new PemWriter(Files.newBufferedWriter(fresh))) {
            writer.writeObject(content);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<Set<PosixFilePermission>> permissionsOf(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
