package io.convoke.media.relay;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.turn.AddressFamily;
import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.BandwidthMeter;
import io.convoke.protocols.turn.Lease;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One user, who may do everything; counts what is granted and not given back. */
final class TestPolicy implements TurnPolicy {
    static final String USER = "alice";
    static final String PASSWORD = "wonderland";
    static final String REALM = "example.org";

    final AtomicInteger granted = new AtomicInteger();
    volatile @Nullable TransportAddress refusedPeer;

    @Override
    public List<byte[]> keys(String username, PasswordAlgorithm algorithm) {
        return username.equals(USER) ? List.of(algorithm.key(USER, REALM, PASSWORD)) : List.of();
    }

    @Override
    public @Nullable String usernameOf(byte[] userhash) {
        return null;
    }

    @Override
    public Admission admit(String username, TransportAddress source) {
        granted.incrementAndGet();
        return new Admission.Granted(new Lease() {
            @Override
            public void release() {
                granted.decrementAndGet();
            }

            @Override
            public BandwidthMeter bandwidth() {
                return BandwidthMeter.UNLIMITED;
            }
        });
    }

    @Override
    public boolean allowsPeerIp(TransportAddress peer) {
        return true;
    }

    @Override
    public boolean allowsPeer(TransportAddress peer) {
        return !peer.equals(refusedPeer);
    }

    @Override
    public @Nullable TransportAddress alternate(AddressFamily clientFamily) {
        return null;
    }
}
