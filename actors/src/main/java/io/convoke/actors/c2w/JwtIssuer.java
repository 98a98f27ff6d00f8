package io.convoke.actors.c2w;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.Date;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;

/** Signs session tokens with ES256. The private key stays in this process and in its file. Thread-safe. */
public final class JwtIssuer {
    private final ECKey key;
    private final ECDSASigner signer;

    private JwtIssuer(ECKey key) throws JOSEException {
        this.key = key;
        this.signer = new ECDSASigner(key);
    }

    /** With the key of that file; makes one, readable by its owner only, when there is none. Blocks on the disk. */
    public static JwtIssuer withKeyIn(Path file) throws IOException {
        try {
            if (Files.exists(file)) {
                return new JwtIssuer(ECKey.parse(Files.readString(file, StandardCharsets.UTF_8)));
            }
            ECKey made = new ECKeyGenerator(Curve.P_256).generate();
            write(file, made.toJSONString());
            return new JwtIssuer(made);
        } catch (ParseException | JOSEException | IllegalStateException e) {
            // The cause's text may quote the file.
            throw new IOException("Expected a private EC key (JWK, P-256) in " + file + ", but found something else");
        }
    }

    /** Whole or not at all, so that a crash leaves no half key behind. */
    private static void write(Path file, String json) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("Expected a file in a folder, but found " + file);
        }
        Files.createDirectories(folder);
        Path fresh = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileAttribute<?>[] ownerOnly =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (WritableByteChannel channel = Files.newByteChannel(
                        fresh, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly);
                var writer = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
            writer.write(json);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The compact JWT. {@code secret} makes it one of its kind: the {@code jti} claim. */
    public String issue(SessionToken token, String secret) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(token.user())
                .expirationTime(Date.from(token.expires()))
                .jwtID(secret)
                .claim("name", token.name())
                .claim("participant", token.participant().toString())
                .claim("call", token.call().toString())
                .claim("callbridge", token.callbridge().toString())
                .claim("session", token.session().toString())
                .claim("space", token.space().toString())
                .claim("tracing", token.tracing())
                .build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(token.callbridge().toString())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("Expected an ES256 key that signs", e);
        }
        return jwt.serialize();
    }

    /** The public key as a JWK, named by the callbridge. */
    public Map<String, Object> publicKey(UUID callbridge) {
        return new ECKey.Builder(key.toPublicJWK())
                .keyID(callbridge.toString())
                .build()
                .toJSONObject();
    }
}
