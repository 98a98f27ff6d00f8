package io.convoke.bench.turn;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.turn.AddressFamily;
import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.BandwidthMeter;
import io.convoke.protocols.turn.IpNetwork;
import io.convoke.protocols.turn.Lease;
import io.convoke.protocols.turn.LiveRelays;
import io.convoke.protocols.turn.PeerRules;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnCredentials;
import io.convoke.protocols.turn.TurnPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The measurement's user may do everything towards loopback, by the production's rules for peers and credentials. */
final class BenchPolicy implements TurnPolicy {
    private static final Admission GRANTED = new Admission.Granted(new Lease() {
        @Override
        public void release() {}

        @Override
        public BandwidthMeter bandwidth() {
            return BandwidthMeter.UNLIMITED;
        }
    });

    private final TurnCredentials credentials =
            new TurnCredentials(TurnContender.REALM, Map.of(TurnContender.USER, TurnContender.PASSWORD), List.of());
    private final PeerRules peers =
            PeerRules.any(List.of(IpNetwork.parse("127.0.0.0/8")), List.of(), List.of(), LiveRelays.NONE);

    @Override
    public List<byte[]> keys(String username, PasswordAlgorithm algorithm) {
        return credentials.keys(username, algorithm, 0);
    }

    @Override
    public @Nullable String usernameOf(byte[] userhash) {
        return credentials.usernameOf(userhash);
    }

    @Override
    public Admission admit(String username, TransportAddress source) {
        return GRANTED;
    }

    @Override
    public boolean allowsPeerIp(TransportAddress peer) {
        return peers.allowsIp(peer);
    }

    @Override
    public boolean allowsPeer(TransportAddress peer) {
        return peers.allows(peer);
    }

    @Override
    public @Nullable TransportAddress alternate(AddressFamily clientFamily) {
        return null;
    }
}
