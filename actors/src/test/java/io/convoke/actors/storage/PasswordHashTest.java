package io.convoke.actors.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    // The test vector "passwd"/"salt"/1 of RFC 7914 §11, its first 32 bytes.
    private static final String VECTOR = "pbkdf2-sha256$1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw";

    @Test
    void shouldMatchTheVectorOfTheRfc() {
        assertThat(PasswordHash.matches("passwd".toCharArray(), VECTOR)).isTrue();
        assertThat(PasswordHash.matches("passwD".toCharArray(), VECTOR)).isFalse();
    }

    @Test
    void shouldSaltEachHash() {
        // given
        SecureRandom random = new SecureRandom();

        // when
        String one = PasswordHash.of("1234".toCharArray(), 10, random);
        String two = PasswordHash.of("1234".toCharArray(), 10, random);

        // then
        assertThat(one).isNotEqualTo(two).doesNotContain("1234");
        assertThat(PasswordHash.matches("1234".toCharArray(), one)).isTrue();
        assertThat(PasswordHash.matches("1234".toCharArray(), two)).isTrue();
        assertThat(PasswordHash.matches(new char[0], one)).isFalse();
    }
}
