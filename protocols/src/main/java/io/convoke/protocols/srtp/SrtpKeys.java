package io.convoke.protocols.srtp;

import java.util.Arrays;

/**
 * Master keys and salts of one association, in both directions. Equal only to itself; neither {@link #toString} nor an
 * error text shows what it holds.
 */
public final class SrtpKeys {
    private final SrtpProfile profile;
    private final byte[] localKey;
    private final byte[] localSalt;
    private final byte[] remoteKey;
    private final byte[] remoteSalt;

    /** @throws IllegalArgumentException if a length is not the profile's */
    public SrtpKeys(SrtpProfile profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {
        requireLengths(profile, localKey, localSalt);
        requireLengths(profile, remoteKey, remoteSalt);
        this.profile = profile;
        this.localKey = localKey.clone();
        this.localSalt = localSalt.clone();
        this.remoteKey = remoteKey.clone();
        this.remoteSalt = remoteSalt.clone();
    }

    /**
     * Splits what the DTLS exporter gave under the label {@code EXTRACTOR-dtls_srtp}: client key, server key, client
     * salt, server salt (RFC 5764 §4.2).
     *
     * @param exported {@link SrtpProfile#exportedBytes} bytes
     * @param client whether this side was the DTLS client
     * @throws IllegalArgumentException if there are not that many
     */
    public static SrtpKeys fromExporter(SrtpProfile profile, byte[] exported, boolean client) {
        if (exported.length != profile.exportedBytes()) {
            throw new IllegalArgumentException(
                    "Expected " + profile.exportedBytes() + " bytes of keying material, but got " + exported.length);
        }
        int salts = 2 * profile.keyBytes();
        byte[] clientKey = Arrays.copyOfRange(exported, 0, profile.keyBytes());
        byte[] serverKey = Arrays.copyOfRange(exported, profile.keyBytes(), salts);
        byte[] clientSalt = Arrays.copyOfRange(exported, salts, salts + profile.saltBytes());
        byte[] serverSalt = Arrays.copyOfRange(exported, salts + profile.saltBytes(), exported.length);
        return client
                ? new SrtpKeys(profile, clientKey, clientSalt, serverKey, serverSalt)
                : new SrtpKeys(profile, serverKey, serverSalt, clientKey, clientSalt);
    }

    /** The profile both directions use. */
    public SrtpProfile profile() {
        return profile;
    }

    /** Protects what this side sends. */
    public SrtpSender newSender() {
        return new SrtpSender(profile, localKey, localSalt);
    }

    /** Checks and decrypts what the peer sends, up to this many streams. */
    public SrtpReceiver newReceiver(int maxStreams) {
        return new SrtpReceiver(profile, remoteKey, remoteSalt, maxStreams);
    }

    /** Master key of this side; a copy. */
    public byte[] localKey() {
        return localKey.clone();
    }

    /** Master salt of this side; a copy. */
    public byte[] localSalt() {
        return localSalt.clone();
    }

    /** Master key of the peer; a copy. */
    public byte[] remoteKey() {
        return remoteKey.clone();
    }

    /** Master salt of the peer; a copy. */
    public byte[] remoteSalt() {
        return remoteSalt.clone();
    }

    static void requireLengths(SrtpProfile profile, byte[] key, byte[] salt) {
        if (key.length != profile.keyBytes() || salt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("Expected a key of " + profile.keyBytes() + " and a salt of "
                    + profile.saltBytes() + " bytes, but got " + key.length + " and " + salt.length);
        }
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
