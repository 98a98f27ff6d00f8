package io.convoke.actors.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The one administrator, user {@code admin}. Its password is the configured one, or is made up once, at the first
 * start with an empty database; the database, or a file, keeps a PBKDF2 hash. Safe from any thread.
 */
public final class AdminAccount {
    /** The user name. */
    public static final String USER = "admin";

    private static final int GENERATED_BYTES = 15;
    private static final int PROCESS_KEY_BYTES = 32;

    private final String hash;
    private final @Nullable String generated;
    private final byte[] processKey = new byte[PROCESS_KEY_BYTES];
    // Browsers send the password with each request: the last right one is known by a keyed digest, at no cost.
    private volatile byte @Nullable [] lastRight;

    private AdminAccount(String hash, @Nullable String generated, SecureRandom random) {
        this.hash = hash;
        this.generated = generated;
        random.nextBytes(processKey);
    }

    /**
     * Reads the account, or makes it. Blocks.
     *
     * @param configured the password from the configuration, which replaces the one stored; null keeps the stored one
     *     or makes one up. The caller wipes it
     */
    public static AdminAccount open(Database database, char @Nullable [] configured) throws SQLException {
        SecureRandom random = new SecureRandom();
        try (Connection connection = database.dataSource().getConnection()) {
            String stored = read(connection);
            if (configured != null) {
                if (stored != null && PasswordHash.matches(configured, stored)) {
                    return new AdminAccount(stored, null, random);
                }
                String fresh = PasswordHash.of(configured, PasswordHash.ADMIN_ITERATIONS, random);
                if (stored != null || !insert(connection, fresh)) {
                    update(connection, fresh);
                }
                return new AdminAccount(fresh, null, random);
            }
            if (stored != null) {
                return new AdminAccount(stored, null, random);
            }
            String password = madeUp(random);
            String fresh = PasswordHash.of(password.toCharArray(), PasswordHash.ADMIN_ITERATIONS, random);
            if (insert(connection, fresh)) {
                return new AdminAccount(fresh, password, random);
            }
            // Another node of the cluster was first; its password counts.
            String others = read(connection);
            return new AdminAccount(others == null ? fresh : others, null, random);
        }
    }

    /**
     * The same with the hash in a file, for a node without a database. Blocks.
     *
     * @param configured as above
     */
    public static AdminAccount open(Path file, char @Nullable [] configured) throws IOException {
        SecureRandom random = new SecureRandom();
        String stored = Files.exists(file) ? Files.readString(file).strip() : null;
        if (configured == null && stored != null) {
            return new AdminAccount(stored, null, random);
        }
        if (configured != null && stored != null && PasswordHash.matches(configured, stored)) {
            return new AdminAccount(stored, null, random);
        }
        String generated = configured == null ? madeUp(random) : null;
        char[] password = configured == null ? String.valueOf(generated).toCharArray() : configured;
        String fresh = PasswordHash.of(password, PasswordHash.ADMIN_ITERATIONS, random);
        Files.writeString(file, fresh + "\n");
        return new AdminAccount(fresh, generated, random);
    }

    private static String madeUp(SecureRandom random) {
        byte[] bytes = new byte[GENERATED_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The password made up by this very {@link #open}: to be shown to the operator once, and not kept. */
    public Optional<String> generatedPassword() {
        return Optional.ofNullable(generated);
    }

    /** Whether these are the administrator's credentials. The first time takes some hundred milliseconds of CPU. */
    public boolean matches(String user, char[] password) {
        if (!USER.equals(user)) {
            return false;
        }
        byte[] digest = digest(password);
        byte[] right = lastRight;
        if (right != null && MessageDigest.isEqual(right, digest)) {
            return true;
        }
        if (!PasswordHash.matches(password, hash)) {
            return false;
        }
        lastRight = digest;
        return true;
    }

    /** 32 secret bytes for that purpose alone: the same on all nodes, until the password is changed. */
    public byte[] secretFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(hash.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every JDK has HMAC with SHA-256", missing);
        }
    }

    private byte[] digest(char[] password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(processKey);
            for (char character : password) {
                sha.update((byte) (character >> 8));
                sha.update((byte) character);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }

    private static @Nullable String read(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT password_hash FROM admin_account WHERE user_id = ?")) {
            query.setString(1, USER);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static boolean insert(Connection connection, String hash) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO admin_account (user_id, password_hash) VALUES (?, ?)")) {
            statement.setString(1, USER);
            statement.setString(2, hash);
            statement.executeUpdate();
            return true;
        } catch (SQLException refused) {
            if (SqlStates.isDuplicate(refused)) {
                return false;
            }
            throw refused;
        }
    }

    private static void update(Connection connection, String hash) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE admin_account SET password_hash = ? WHERE user_id = ?")) {
            statement.setString(1, hash);
            statement.setString(2, USER);
            statement.executeUpdate();
        }
    }
}
