package io.convoke.actors.c2w;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    Path folder;

    private static SessionToken token(Instant expires) {
        return new SessionToken(
                "guest1573064743",
                "Thomas",
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                true,
                expires);
    }

    @Test
    void shouldVerifyWhatItsOwnKeySigned() throws Exception {
        // given
        JwtIssuer issuer = JwtIssuer.withKeyIn(folder.resolve("key"));
        SessionToken token = token(NOW.plusSeconds(60));

        // when
        String jwt = issuer.issue(token, "secret");

        // then
        assertThat(JwtVerifier.callbridgeOf(jwt)).contains(token.callbridge());
        assertThat(new JwtVerifier(issuer.publicKey(token.callbridge())).verify(jwt, NOW))
                .isEqualTo(new JwtVerifier.Genuine(token));
    }

    @Test
    void shouldTellAnExpiredTokenFromABadOne() throws Exception {
        // given
        JwtIssuer issuer = JwtIssuer.withKeyIn(folder.resolve("key"));
        SessionToken token = token(NOW);

        // when
        JwtVerifier.Verdict verdict =
                new JwtVerifier(issuer.publicKey(token.callbridge())).verify(issuer.issue(token, "secret"), NOW);

        // then
        assertThat(verdict).isEqualTo(new JwtVerifier.Expired(NOW));
    }

    @Test
    void shouldRefuseATokenOfAnotherKey() throws Exception {
        // given
        JwtIssuer issuer = JwtIssuer.withKeyIn(folder.resolve("key"));
        JwtIssuer other = JwtIssuer.withKeyIn(folder.resolve("other"));
        SessionToken token = token(NOW.plusSeconds(60));

        // when
        JwtVerifier.Verdict verdict =
                new JwtVerifier(issuer.publicKey(token.callbridge())).verify(other.issue(token, "secret"), NOW);

        // then
        assertThat(verdict).isInstanceOf(JwtVerifier.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "sub", "name", "participant", "call", "callbridge", "session", "space"})
    void shouldSayThatASignedTokenLacksAClaim(String missing) throws Exception {
        // given
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        SignedJWT whole =
                SignedJWT.parse(JwtIssuer.withKeyIn(folder.resolve("key")).issue(token(NOW.plusSeconds(60)), "secret"));
        Map<String, Object> claims = new HashMap<>(whole.getJWTClaimsSet().getClaims());
        claims.remove(missing);
        JWTClaimsSet.Builder kept = new JWTClaimsSet.Builder();
        claims.forEach(kept::claim);
        SignedJWT jwt = new SignedJWT(whole.getHeader(), kept.build());
        jwt.sign(new ECDSASigner(key));

        // when
        JwtVerifier.Verdict verdict = new JwtVerifier(key.toPublicJWK().toJSONObject()).verify(jwt.serialize(), NOW);

        // then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        JwtVerifier.Bad.class,
                        bad -> assertThat(bad.words()).contains("lacks").doesNotContain("signature"));
    }

    @Test
    void shouldRefuseATokenWithoutASignature() throws Exception {
        // given
        JwtIssuer issuer = JwtIssuer.withKeyIn(folder.resolve("key"));
        String jwt = issuer.issue(token(NOW.plusSeconds(60)), "secret");
        String none = "eyJhbGciOiJub25lIn0" + jwt.substring(jwt.indexOf('.'), jwt.lastIndexOf('.') + 1);

        // then
        JwtVerifier verifier = new JwtVerifier(issuer.publicKey(UUID.randomUUID()));
        assertThat(verifier.verify(none, NOW)).isInstanceOf(JwtVerifier.Bad.class);
        assertThat(verifier.verify("garbage", NOW)).isInstanceOf(JwtVerifier.Bad.class);
        assertThat(JwtVerifier.callbridgeOf("garbage")).isEmpty();
    }

    @Test
    void shouldKeepTheKeyToItselfAndForTheNextStart() throws Exception {
        // given
        Path file = folder.resolve("sub").resolve("key");
        JwtIssuer issuer = JwtIssuer.withKeyIn(file);
        UUID callbridge = UUID.randomUUID();

        // when
        JwtIssuer again = JwtIssuer.withKeyIn(file);

        // then
        assertThat(again.publicKey(callbridge))
                .isEqualTo(issuer.publicKey(callbridge))
                .doesNotContainKey("d");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldSayThatAFileHoldsNoKeyWithoutQuotingIt() throws IOException {
        // given
        Path file = folder.resolve("key");
        Files.writeString(file, "s3cret");

        // then
        assertThatThrownBy(() -> JwtIssuer.withKeyIn(file))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
