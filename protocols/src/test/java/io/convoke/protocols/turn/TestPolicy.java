package io.convoke.protocols.turn;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.convoke.protocols.stun.PasswordAlgorithm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a test's operator allows: two users, all peers, no quotas, until told otherwise. Counts leases. */
final class TestPolicy implements TurnPolicy {
    static final String REALM = "example.org";

    final Map<String, String> passwords = new HashMap<>(Map.of("alice", "wonderland", "bob", "builder"));
    Predicate<TransportAddress> peers = peer -> true;
    /** What may go on although it is not allowed anew. */
    Predicate<TransportAddress> keptPeers = peer -> false;

    Admission.@Nullable Refused refusal;

    @Nullable
    TransportAddress alternate;

    BandwidthMeter bandwidth = BandwidthMeter.UNLIMITED;
    int leases;
    final List<String> told = new ArrayList<>();

    @Override
    public List<byte[]> keys(String username, PasswordAlgorithm algorithm) {
        String password = passwords.get(username);
        return password == null ? List.of() : List.of(key(username, password, algorithm));
    }

    static byte[] key(String username, String password, PasswordAlgorithm algorithm) {
        String name = algorithm == PasswordAlgorithm.MD5 ? "MD5" : "SHA-256";
        return digest(name, username + ":" + REALM + ":" + password);
    }

    static byte[] userhash(String username) {
        return digest("SHA-256", username + ":" + REALM);
    }

    @Override
    public @Nullable String usernameOf(byte[] userhash) {
        for (String username : passwords.keySet()) {
            if (Arrays.equals(userhash(username), userhash)) {
                return username;
            }
        }
        return null;
    }

    @Override
    public Admission admit(String username, TransportAddress source) {
        if (refusal != null) {
            return refusal;
        }
        leases++;
        return new Admission.Granted(new CountedLease());
    }

    @Override
    public boolean allowsPeerIp(TransportAddress peer) {
        return peers.test(peer);
    }

    @Override
    public boolean allowsPeer(TransportAddress peer) {
        return peers.test(peer);
    }

    @Override
    public boolean keepsPeerIp(TransportAddress peer) {
        return peers.test(peer) || keptPeers.test(peer);
    }

    @Override
    public boolean keepsPeer(TransportAddress peer) {
        return peers.test(peer) || keptPeers.test(peer);
    }

    @Override
    public void unauthenticated(String username, Unauthenticated why) {
        told.add(username + " " + why);
    }

    @Override
    public void peerRefused(String username, TransportAddress peer) {
        told.add(username + " " + peer);
    }

    @Override
    public @Nullable TransportAddress alternate(AddressFamily clientFamily) {
        return alternate;
    }

    private final class CountedLease implements Lease {
        private boolean released;

        @Override
        public void release() {
            if (released) {
                throw new IllegalStateException("Expected a lease to be released once, but it was twice");
            }
            released = true;
            leases--;
        }

        @Override
        public BandwidthMeter bandwidth() {
            return bandwidth;
        }
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
