package io.convoke.actors.callbridge;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What the core of a node is started with.
 *
 * @param callbridge the callbridge's GUID, the same at every start of this node
 * @param node the node's name in logs and states
 * @param software name and version, told to web bridges
 * @param webBridges {@code c2w://host:port} of each web bridge to dial
 * @param jwtKeyFile where the private key of the tokens is kept; made, readable by its owner only, when absent
 * @param tokenLifetime how long a token opens sessions, 1 to 24 hours
 * @param maxJoinsInFlight joins being worked on at once; one more is refused with {@code tooBusy}
 * @param joinTimeout after which a join that got stuck is refused
 * @param link how C2W links are dialled
 * @param lock how long a conference's instance may admit without hearing from the conference
 * @param leg how patient call legs are
 */
public record CoreSettings(
        UUID callbridge,
        String node,
        String software,
        List<URI> webBridges,
        Path jwtKeyFile,
        Duration tokenLifetime,
        int maxJoinsInFlight,
        Duration joinTimeout,
        LinkSettings link,
        LockSettings lock,
        LegSettings leg) {
    public CoreSettings {
        webBridges = List.copyOf(webBridges);
        if (tokenLifetime.compareTo(Duration.ofHours(1)) < 0 || tokenLifetime.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException(
                    "Expected a token lifetime of 1 to 24 hours, but found " + tokenLifetime);
        }
    }

    /**
     * Dialling.
     *
     * @param minBackoff wait after the first failure; doubles with each further one, with jitter of a fifth
     * @param maxBackoff longest wait
     * @param helloTimeout for the web bridge's answer to the hello
     */
    public record LinkSettings(Duration minBackoff, Duration maxBackoff, Duration helloTimeout) {
        public static LinkSettings defaults() {
            return new LinkSettings(Duration.ofMillis(250), Duration.ofSeconds(15), Duration.ofSeconds(5));
        }
    }

    /**
     * The lock's lease. Safe as long as no node's monotonic clock runs faster or slower than another's by more than {@code driftPermille}.
     *
     * @param lease how long a grant holds
     * @param renewEvery how often an instance asks anew; a third of the lease or less
     * @param driftPermille the bound on clock drift between two nodes, in thousandths
     */
    public record LockSettings(Duration lease, Duration renewEvery, int driftPermille) {
        public LockSettings {
            if (renewEvery.multipliedBy(3).compareTo(lease) > 0) {
                throw new IllegalArgumentException(
                        "Expected a renewal every third of the lease or more often, but found " + renewEvery + " of "
                                + lease);
            }
        }

        public static LockSettings defaults() {
            return new LockSettings(Duration.ofSeconds(6), Duration.ofSeconds(2), 10);
        }
    }

    /**
     * A call leg's patience.
     *
     * @param openWithin a leg whose session was never opened is removed after this
     * @param disconnectGrace a leg whose connection ended without {@code leave} is kept this long
     * @param mediaSections most media sections in one offer, told to clients
     */
    public record LegSettings(Duration openWithin, Duration disconnectGrace, int mediaSections) {
        public static LegSettings defaults() {
            return new LegSettings(Duration.ofSeconds(30), Duration.ofSeconds(5), 64);
        }
    }

    /** Everything but the identity as a single node wants it. */
    public static CoreSettings defaults(
            UUID callbridge, String node, String software, List<URI> webBridges, Path jwtKeyFile) {
        return new CoreSettings(
                callbridge,
                node,
                software,
                webBridges,
                jwtKeyFile,
                Duration.ofHours(24),
                64,
                Duration.ofSeconds(8),
                LinkSettings.defaults(),
                LockSettings.defaults(),
                LegSettings.defaults());
    }
}
