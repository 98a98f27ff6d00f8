package io.convoke.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "::1");

    @TempDir
    private Path folder;

    @Test
    void shouldMakeACertificateForAllNames() throws Exception {
        // when
        X509Certificate certificate = PemIdentity.read(
                        GeneratedCertificate.ensure(folder.resolve("certs"), "https", NAMES, NOW))
                .certificate();
        // then
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
        assertThat(certificate.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1))
                        .toList())
                .isEqualTo(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"));
        assertThat(certificate.getNotBefore().toInstant()).isBefore(NOW);
    }

    @Test
    void shouldHaveAnXmppServersDomainsAsSuch() throws Exception {
        // when
        PemPaths paths = GeneratedCertificate.ensure(folder, "xmpp", List.of("a.example"), List.of("a.example"), NOW);
        byte[] before = Files.readAllBytes(paths.certificate());
        // then
        byte[] otherName = PemIdentity.read(paths).certificate().getSubjectAlternativeNames().stream()
                .filter(name -> name.get(0).equals(0))
                .map(name -> (byte[]) name.get(1))
                .findFirst()
                .orElseThrow();
        assertThat(new String(otherName, StandardCharsets.ISO_8859_1)).endsWith("a.example");
        GeneratedCertificate.ensure(folder, "xmpp", List.of("a.example"), List.of("a.example"), NOW);
        assertThat(Files.readAllBytes(paths.certificate())).isEqualTo(before);
        GeneratedCertificate.ensure(folder, "xmpp", List.of("a.example"), List.of("b.example"), NOW);
        assertThat(Files.readAllBytes(paths.certificate())).isNotEqualTo(before);
    }

    @Test
    void shouldLetOnlyTheOwnerReadTheKey() throws Exception {
        // when
        PemPaths paths = GeneratedCertificate.ensure(folder, "https", NAMES, NOW);
        // then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.key())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldLetOnlyTheOwnerIntoAFolderThatItMakes() throws Exception {
        // when
        GeneratedCertificate.ensure(folder.resolve("deep/certs"), "https", NAMES, NOW);
        // then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("deep/certs"))))
                .isEqualTo("rwx------");
    }

    @Test
    void shouldKeepWhatItMadeBefore() throws Exception {
        // given
        byte[] before = Files.readAllBytes(
                GeneratedCertificate.ensure(folder, "https", NAMES, NOW).certificate());
        // when
        byte[] after = Files.readAllBytes(GeneratedCertificate.ensure(folder, "https", NAMES, NOW.plusSeconds(60))
                .certificate());
        // then
        assertThat(after).isEqualTo(before);
    }

    @Test
    void shouldMakeANewOneBeforeTheOldExpiresAndForOtherNames() throws Exception {
        // given
        byte[] first = Files.readAllBytes(
                GeneratedCertificate.ensure(folder, "https", NAMES, NOW).certificate());
        // when
        byte[] second = Files.readAllBytes(GeneratedCertificate.ensure(folder, "https", List.of("localhost"), NOW)
                .certificate());
        byte[] third = Files.readAllBytes(
                GeneratedCertificate.ensure(folder, "https", List.of("localhost"), NOW.plus(Duration.ofDays(3630)))
                        .certificate());
        // then
        assertThat(second).isNotEqualTo(first);
        assertThat(third).isNotEqualTo(second);
    }
}
