package io.convoke.actors.relay;

import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.BandwidthBucket;
import io.convoke.protocols.turn.BandwidthMeter;
import io.convoke.protocols.turn.Lease;
import io.convoke.protocols.turn.TransportAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Places and bandwidth of users and sources. A source is an IPv4 address, or the /64 network that one IPv6 subscriber chooses addresses from. Thread-safe. */
final class RelayQuotas {
    private static final int LEAST_BURST_BYTES = 65_536;
    private static final int BURSTS_PER_SECOND = 4;

    private final RelayRules.Quotas bounds;
    private final LongSupplier nanos;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<Object, Share> shares = new ConcurrentHashMap<>();

    /** What one user, or one source, has at the moment. */
    private static final class Share {
        private final @Nullable BandwidthBucket bucket;
        private int allocations;

        private Share(@Nullable BandwidthBucket bucket) {
            this.bucket = bucket;
        }
    }

    private record Source(long high, long low) {}

    /** {@code nanos}: the clock that the data plane spends bandwidth by. */
    RelayQuotas(RelayRules.Quotas bounds, LongSupplier nanos) {
        this.bounds = bounds;
        this.nanos = nanos;
    }

    /** Allocations that stand. */
    int standing() {
        return all.get();
    }

    /** {@code participant}: whether the user is one. */
    Admission admit(String username, TransportAddress source, boolean participant) {
        if (all.incrementAndGet() > orMany(bounds.allocations())) {
            all.decrementAndGet();
            return Admission.Refused.FULL;
        }
        int mostOfUser = participant ? bounds.allocationsPerParticipant() : bounds.allocationsPerUser();
        Share user = enter(username, mostOfUser, bounds.bandwidthPerUserBps());
        if (user == null) {
            all.decrementAndGet();
            return Admission.Refused.QUOTA;
        }
        Object place = source.isIpv4() ? new Source(source.high(), source.low()) : new Source(source.high(), 0);
        Share from = enter(place, bounds.allocationsPerSource(), bounds.bandwidthPerSourceBps());
        if (from == null) {
            all.decrementAndGet();
            leave(username);
            return Admission.Refused.QUOTA;
        }
        return new Admission.Granted(new Held(username, place, meter(user.bucket, from.bucket)));
    }

    private @Nullable Share enter(Object whose, int most, long bps) {
        boolean[] full = new boolean[1];
        Share share = shares.compute(whose, (key, found) -> {
            Share now = found == null ? new Share(bucket(bps)) : found;
            if (now.allocations >= orMany(most)) {
                full[0] = true;
            } else {
                now.allocations++;
            }
            return now;
        });
        return full[0] ? null : share;
    }

    private void leave(Object whose) {
        shares.computeIfPresent(whose, (key, share) -> --share.allocations == 0 ? null : share);
    }

    private @Nullable BandwidthBucket bucket(long bps) {
        if (bps == 0) {
            return null;
        }
        long bytesPerSecond = Math.max(1, bps / Byte.SIZE);
        return new BandwidthBucket(
                bytesPerSecond, Math.max(LEAST_BURST_BYTES, bytesPerSecond / BURSTS_PER_SECOND), nanos.getAsLong());
    }

    private static BandwidthMeter meter(@Nullable BandwidthBucket user, @Nullable BandwidthBucket source) {
        if (user != null && source != null) {
            return BandwidthBucket.both(user, source);
        }
        return user != null ? user : source != null ? source : BandwidthMeter.UNLIMITED;
    }

    private static int orMany(int bound) {
        return bound == 0 ? Integer.MAX_VALUE : bound;
    }

    private final class Held implements Lease {
        private final String username;
        private final Object source;
        private final BandwidthMeter bandwidth;
        private final AtomicBoolean released = new AtomicBoolean();

        private Held(String username, Object source, BandwidthMeter bandwidth) {
            this.username = username;
            this.source = source;
            this.bandwidth = bandwidth;
        }

        @Override
        public void release() {
            if (released.compareAndSet(false, true)) {
                all.decrementAndGet();
                leave(username);
                leave(source);
            }
        }

        @Override
        public BandwidthMeter bandwidth() {
            return bandwidth;
        }
    }
}
