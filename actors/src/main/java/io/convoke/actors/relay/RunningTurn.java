package io.convoke.actors.relay;

import io.convoke.media.relay.AllocationView;
import io.convoke.media.relay.TurnCounters;
import io.convoke.media.relay.TurnEndpoint;
import io.convoke.media.relay.TurnRelay;
import io.convoke.protocols.turn.CloseReason;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** A TURN server that runs. */
final class RunningTurn implements RelayServer.Running {
    private final TurnRelay relay;

    RunningTurn(TurnRelay relay) {
        this.relay = relay;
    }

    @Override
    public List<TurnEndpoint> endpoints() {
        return relay.endpoints();
    }

    @Override
    public TurnCounters counters() {
        return relay.counters();
    }

    @Override
    public CompletionStage<List<AllocationView>> allocations() {
        return relay.allocations();
    }

    @Override
    public CompletionStage<Boolean> close(UUID allocation) {
        return relay.close(allocation);
    }

    @Override
    public CompletionStage<Integer> closeOf(String username) {
        return relay.closeOf(username, CloseReason.REVOKED);
    }

    @Override
    public void peersChanged() {
        relay.peersChanged();
    }

    /** Closing waits for the event loops; that must not be an actor's thread. */
    @Override
    public void stop() {
        new Thread(relay::close, "convoke-relay-close").start();
    }
}
