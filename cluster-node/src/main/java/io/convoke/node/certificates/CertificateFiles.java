package io.convoke.node.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** A certificate and its key as PEM files {@code NAME.crt} and {@code NAME.key} in one folder; the key is readable by its owner only. */
public record CertificateFiles(Path certificate, Path key) {
    /** Made anew at a start that comes this close to the end. */
    private static final Duration RENEW_BEFORE_END = Duration.ofDays(30);

    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    static CertificateFiles in(Path folder, String name) {
        return new CertificateFiles(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    /**
     * Makes the pair where it is missing, unreadable, or about to expire.
     *
     * @param folder made when missing
     * @param name file name without ending
     * @param hosts host names and addresses it must be good for
     */
    public static CertificateFiles ensure(
            Path folder, String name, String commonName, List<String> hosts, Instant now, Duration validity)
            throws IOException {
        CertificateFiles files = in(folder, name);
        if (!files.goodAt(now)) {
            files.write(SelfSigned.generate(commonName, hosts, now, validity));
        }
        return files;
    }

    private boolean goodAt(Instant now) {
        if (!Files.isReadable(certificate) || !Files.isReadable(key)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(certificate)) {
            X509Certificate read =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return read.getNotAfter().after(Date.from(now.plus(RENEW_BEFORE_END)));
        } catch (IOException | CertificateException unreadable) {
            return false;
        }
    }

    void write(SelfSigned made) throws IOException {
        Path folder = certificate.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            replace(key, pem("PRIVATE KEY", made.keys().getPrivate().getEncoded()), "rw-------");
            replace(certificate, pem("CERTIFICATE", made.certificate().getEncoded()), "rw-r--r--");
        } catch (CertificateException impossible) {
            throw new IllegalStateException("A certificate just made has an encoding", impossible);
        }
    }

    /** Whole or not at all; with its permissions from the first byte on. */
    private static void replace(Path file, String text, String permissions) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh);
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        }
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + PEM.encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
