package io.convoke.actors.relay;

import io.convoke.protocols.turn.IpNetwork;
import io.convoke.protocols.turn.RestHash;
import io.convoke.protocols.turn.TransportAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operator allows.
 *
 * @param users passwords of users that are always there, by name
 * @param sharedSecret for time-limited credentials; null: one is made up, for participants' alone
 * @param formerSecrets still taken
 * @param hash that time-limited credentials are issued with
 * @param participantLifetime of participants' credentials at most
 * @param alternate where clients are sent while the relay is drained; null: nowhere
 */
public record RelayRules(
        String realm,
        Map<String, String> users,
        @Nullable String sharedSecret,
        List<String> formerSecrets,
        RestHash hash,
        Duration participantLifetime,
        Peers peers,
        Quotas quotas,
        @Nullable TransportAddress alternate) {
    public RelayRules {
        users = Map.copyOf(users);
        formerSecrets = List.copyOf(formerSecrets);
    }

    /**
     * Whom clients may reach.
     *
     * @param any everybody public and {@code allow}, and not callbridges' media alone
     * @param keptFor how long what stands towards a callbridge's media goes on when its link has broken
     */
    public record Peers(boolean any, List<IpNetwork> allow, List<IpNetwork> deny, Duration keptFor) {
        public Peers {
            allow = List.copyOf(allow);
            deny = List.copyOf(deny);
        }
    }

    /** 0 stands for no bound. Bandwidths in bits a second, both directions together. */
    public record Quotas(
            int allocations,
            int allocationsPerUser,
            int allocationsPerSource,
            int allocationsPerParticipant,
            long bandwidthPerUserBps,
            long bandwidthPerSourceBps) {
        public static final Quotas NONE = new Quotas(0, 0, 0, 0, 0, 0);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RelayRules[" + realm + ", " + users.size() + " users]";
    }
}
