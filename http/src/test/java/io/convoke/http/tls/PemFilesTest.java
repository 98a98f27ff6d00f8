package io.convoke.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFilesTest {
    /** As OpenSSL writes it: SEC 1, with the curve's parameters in a block of their own before. Used nowhere else. */
    private static final String SEC1 = """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIGZlzadcCsL+ZQMiJ+SLWycUu6Mamd1K7UoBzRe5rN8SoAoGCCqGSM49
            AwEHoUQDQgAElpzpWgND7j8gYEHRuP+kN46Y6TJCk1zpWzffSXTTGWdD/RdSZ859
            HiZT0huWhVT1DKjEd49AyxvkQ7ybQjhNmQ==
            -----END EC PRIVATE KEY-----
            """;

    private static final String ENCRYPTED = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgh7ocu/OqC0QICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEKZD8HFaa3rKcuZpW3BNKAUEgZDv
            vJiTI67uYctoUx8jVcFb3MTR6elh9Rs6D3fZLQayx+HH/qTiiUYlR4GYkFLTtPOk
            RifM5fTYx67qjflGQE7LP135QbVMFDpN1esjjSXarSkqMxpbDvh1TgSahjeUC5EF
            Y2roy930PvNGf+tlRC9+hC4zDm0MLsOQJVh1JbIuR20TirW0nTz9GpPgwsy2BVQ=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("some.pem");
    }

    @Test
    void shouldReadAnEcKeyOfOpenSsl() throws Exception {
        // given
        Files.writeString(file, SEC1);
        // when
        PrivateKey key = PemFiles.privateKey(file);
        // then
        assertThat(key.getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void shouldReadAPkcs1Key() throws Exception {
        // given
        PrivateKey rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        TestPki.write(file, rsa);
        assertThat(Files.readString(file)).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        // when
        PrivateKey key = PemFiles.privateKey(file);
        // then
        assertThat(key).isEqualTo(rsa);
    }

    @Test
    void shouldSayThatAKeyIsEncrypted() throws IOException {
        Files.writeString(file, ENCRYPTED);
        assertThatThrownBy(() -> PemFiles.privateKey(file))
                .isInstanceOf(PemFailure.class)
                .hasMessage("Expected a private key without a passphrase in " + file + ", but found an encrypted one");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        assertThatThrownBy(() -> PemFiles.certificates(file))
                .isInstanceOf(PemFailure.class)
                .hasMessage("Expected a certificate in " + file + ", but there is no such file");
    }

    @Test
    void shouldSayThatAFileHoldsNoCertificate() throws IOException {
        Files.writeString(file, SEC1);
        assertThatThrownBy(() -> PemFiles.certificates(file))
                .isInstanceOf(PemFailure.class)
                .hasMessageEndingWith("but found none");
    }

    @Test
    void shouldNotQuoteAMalformedFile() throws IOException {
        Files.writeString(file, "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemFiles.privateKey(file))
                .isInstanceOf(PemFailure.class)
                .hasMessageContaining("it cannot be read")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void shouldRefuseAKeyOfAnotherCertificate() {
        // given
        TestPki authority = new TestPki(folder, "authority");
        PemPaths one = authority.issue("one", "one.example", Duration.ofDays(-1), Duration.ofDays(1));
        PemPaths two = authority.issue("two", "two.example", Duration.ofDays(-1), Duration.ofDays(1));
        // then
        assertThatThrownBy(() -> PemIdentity.read(new PemPaths(one.certificate(), two.key())))
                .isInstanceOf(PemFailure.class)
                .hasMessageEndingWith("but found another one");
    }
}
