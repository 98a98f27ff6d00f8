package io.convoke.actors.relay;

import io.convoke.protocols.stun.PasswordAlgorithm;
import io.convoke.protocols.turn.AddressFamily;
import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.LiveRelays;
import io.convoke.protocols.turn.PeerRules;
import io.convoke.protocols.turn.TransportAddress;
import io.convoke.protocols.turn.TurnCredentials;
import io.convoke.protocols.turn.TurnPolicy;
import io.convoke.protocols.turn.Unauthenticated;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The operator's rules, and who may reach whom at this moment, as the data plane asks on its own threads. */
final class RelayPolicy implements TurnPolicy {
    /** Told of what was refused, on the data plane's threads. */
    interface Listener {
        void refused(String username, Admission.Refused why);

        void denied(String username, Denial why);

        void peerRefused(String username, TransportAddress peer);
    }

    /** New allocations are refused, or sent to {@code alternate}. */
    private record Draining(@Nullable TransportAddress alternate) {}

    private final RelayRules rules;
    private final InstantSource clock;
    private final ParticipantBook participants;
    private final RelayQuotas quotas;
    private final LiveRelays live;
    private final Listener listener;
    private final TurnCredentials credentials;
    private final LongAdder peersRefused = new LongAdder();
    private final AtomicLongArray denials = new AtomicLongArray(Denial.values().length);
    private volatile PeerRules media;
    private volatile PeerRules keptMedia;
    private volatile @Nullable PeerRules any;
    private volatile @Nullable Draining draining;

    RelayPolicy(
            RelayRules rules,
            ParticipantBook participants,
            LiveRelays live,
            InstantSource clock,
            LongSupplier nanos,
            Listener listener) {
        this.rules = rules;
        this.clock = clock;
        this.participants = participants;
        this.quotas = new RelayQuotas(rules.quotas(), nanos);
        this.live = live;
        this.listener = listener;
        List<byte[]> secrets = new ArrayList<>();
        if (rules.sharedSecret() != null) {
            secrets.add(rules.sharedSecret().getBytes(StandardCharsets.UTF_8));
        }
        rules.formerSecrets().forEach(secret -> secrets.add(secret.getBytes(StandardCharsets.UTF_8)));
        this.credentials = new TurnCredentials(rules.realm(), rules.users(), secrets);
        this.media = PeerRules.callbridges(Set.of(), rules.peers().deny(), Set.of(), live);
        this.keptMedia = media;
    }

    @Override
    public List<byte[]> keys(String username, PasswordAlgorithm algorithm) {
        List<byte[]> known =
                credentials.keys(username, algorithm, clock.instant().getEpochSecond());
        if (!known.isEmpty()) {
            return participants.hasEnded(username) ? List.of() : known;
        }
        return participants.keys(username, algorithm);
    }

    @Override
    public @Nullable String usernameOf(byte[] userhash) {
        String known = credentials.usernameOf(userhash);
        return known != null ? known : participants.usernameOf(userhash);
    }

    @Override
    public void unauthenticated(String username, Unauthenticated why) {
        Denial denial = why == Unauthenticated.WRONG_PASSWORD ? Denial.WRONG_PASSWORD : whyUnknown(username);
        denials.incrementAndGet(denial.ordinal());
        listener.denied(username, denial);
    }

    private Denial whyUnknown(String username) {
        if (participants.hasEnded(username)) {
            return Denial.CALL_OVER;
        }
        long expiry = TurnCredentials.expiryEpochSeconds(username);
        return expiry >= 0 && expiry < clock.instant().getEpochSecond() ? Denial.EXPIRED : Denial.UNKNOWN_USER;
    }

    @Override
    public void peerRefused(String username, TransportAddress peer) {
        listener.peerRefused(username, peer);
    }

    @Override
    public Admission admit(String username, TransportAddress source) {
        Admission admission = draining != null
                ? Admission.Refused.FULL
                : quotas.admit(username, source, ParticipantBook.participantOf(username) != null);
        if (admission instanceof Admission.Refused refused) {
            listener.refused(username, refused);
        }
        return admission;
    }

    @Override
    public boolean allowsPeerIp(TransportAddress peer) {
        return counted(reachesIp(media, peer));
    }

    @Override
    public boolean allowsPeer(TransportAddress peer) {
        return counted(reaches(media, peer));
    }

    @Override
    public boolean keepsPeerIp(TransportAddress peer) {
        return counted(reachesIp(keptMedia, peer));
    }

    @Override
    public boolean keepsPeer(TransportAddress peer) {
        return counted(reaches(keptMedia, peer));
    }

    private boolean reachesIp(PeerRules callbridges, TransportAddress peer) {
        PeerRules further = any;
        return callbridges.allowsIp(peer) || (further != null && further.allowsIp(peer));
    }

    private boolean reaches(PeerRules callbridges, TransportAddress peer) {
        PeerRules further = any;
        return callbridges.allows(peer) || (further != null && further.allows(peer));
    }

    private boolean counted(boolean allowed) {
        if (!allowed) {
            peersRefused.increment();
        }
        return allowed;
    }

    @Override
    public @Nullable TransportAddress alternate(AddressFamily clientFamily) {
        Draining now = draining;
        TransportAddress alternate = now == null ? null : now.alternate();
        return alternate != null && AddressFamily.of(alternate) == clientFamily ? alternate : null;
    }

    /** The callbridges' media and the relay's own listeners have changed. Media is reached in either mode. */
    void reach(CallbridgeMedia announced, Collection<TransportAddress> listeners) {
        RelayRules.Peers peers = rules.peers();
        Set<TransportAddress> kept = announced.connected();
        kept.addAll(announced.lost());
        media = PeerRules.callbridges(announced.connected(), peers.deny(), listeners, live);
        keptMedia = PeerRules.callbridges(kept, peers.deny(), listeners, live);
        any = peers.any() ? PeerRules.any(peers.allow(), peers.deny(), listeners, live) : null;
    }

    void drain(@Nullable TransportAddress alternate) {
        draining = new Draining(alternate);
    }

    void serve() {
        draining = null;
    }

    boolean isDraining() {
        return draining != null;
    }

    /** Where clients are sent now. */
    @Nullable
    TransportAddress alternate() {
        Draining now = draining;
        return now == null ? null : now.alternate();
    }

    /** Signed requests answered 401 so far. */
    long denials(Denial why) {
        return denials.get(why.ordinal());
    }

    /** Peers that clients asked for and may not reach, so far. */
    long peersRefused() {
        return peersRefused.sum();
    }
}
