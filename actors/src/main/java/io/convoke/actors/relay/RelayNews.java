package io.convoke.actors.relay;

import io.convoke.media.relay.AllocationView;
import io.convoke.media.relay.TurnEvents;
import io.convoke.protocols.turn.Admission;
import io.convoke.protocols.turn.CloseReason;
import io.convoke.protocols.turn.TransportAddress;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What becomes of allocations, on its way from the data plane's threads to the relay's actor: as many as can be written down, participants' first, and of the
 * others the number. Thread-safe.
 */
final class RelayNews implements TurnEvents, RelayPolicy.Listener {
    private static final int PARTICIPANTS_LINES_PER_SECOND = 200;
    private static final int OTHER_LINES_PER_SECOND = 20;
    /** Anybody can cause those. */
    private static final int DENIED_LINES_PER_SECOND = 5;

    /** One of them. */
    sealed interface News {}

    record Made(AllocationView allocation) implements News {}

    record Ended(AllocationView allocation, CloseReason why) implements News {}

    record Refused(String username, Admission.Refused why) implements News {}

    record Denied(String username, Denial why) implements News {}

    record PeerRefused(String username, TransportAddress peer) implements News {}

    private final RelayedAddresses live;
    private final LongSupplier nanos;
    private final Consumer<News> reader;
    private final LineBudget participants = new LineBudget(PARTICIPANTS_LINES_PER_SECOND);
    private final LineBudget others = new LineBudget(OTHER_LINES_PER_SECOND);
    private final LineBudget denied = new LineBudget(DENIED_LINES_PER_SECOND);

    RelayNews(RelayedAddresses live, LongSupplier nanos, Consumer<News> reader) {
        this.live = live;
        this.nanos = nanos;
        this.reader = reader;
    }

    @Override
    public void allocated(AllocationView allocation) {
        live.add(allocation.relayed());
        tell(allocation.username(), new Made(allocation));
    }

    @Override
    public void freed(AllocationView allocation, CloseReason why) {
        live.remove(allocation.relayed());
        tell(allocation.username(), new Ended(allocation, why));
    }

    @Override
    public void refused(String username, Admission.Refused why) {
        tell(username, new Refused(username, why));
    }

    @Override
    public void denied(String username, Denial why) {
        tell(denied, new Denied(username, why));
    }

    @Override
    public void peerRefused(String username, TransportAddress peer) {
        tell(username, new PeerRefused(username, peer));
    }

    /** News that were not told since the last time this was asked. */
    long untold() {
        return participants.dropped() + others.dropped() + denied.dropped();
    }

    private void tell(String username, News news) {
        tell(ParticipantBook.participantOf(username) == null ? others : participants, news);
    }

    private void tell(LineBudget budget, News news) {
        if (budget.take(nanos.getAsLong())) {
            reader.accept(news);
        }
    }
}
