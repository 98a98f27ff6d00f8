package io.convoke.node.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    private Path folder;

    @Test
    void shouldMakeACertificateForItsNamesAndAKeyForItsOwnerOnly() throws Exception {
        // when
        CertificateFiles made = ensure(NOW);

        // then
        X509Certificate certificate = read(made.certificate());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=Test");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        certificate.verify(certificate.getPublicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.key())))
                .isEqualTo("rw-------");
        String key = Files.readString(made.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
        assertThat(KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))))
                .isNotNull();
    }

    @Test
    void shouldKeepWhatIsThereAndReplaceWhatIsAboutToExpire() throws Exception {
        // given
        X509Certificate first = read(ensure(NOW).certificate());

        // when
        X509Certificate kept = read(ensure(NOW.plus(Duration.ofDays(300))).certificate());
        X509Certificate renewed = read(ensure(NOW.plus(Duration.ofDays(350))).certificate());

        // then
        assertThat(kept).isEqualTo(first);
        assertThat(renewed).isNotEqualTo(first);
    }

    private CertificateFiles ensure(Instant now) throws Exception {
        return CertificateFiles.ensure(folder, "test", "Test", List.of("localhost", "127.0.0.1"), now, YEAR);
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
