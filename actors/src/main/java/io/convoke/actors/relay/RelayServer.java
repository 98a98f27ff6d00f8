package io.convoke.actors.relay;

import io.convoke.media.relay.AllocationView;
import io.convoke.media.relay.RelaySettings;
import io.convoke.media.relay.TurnCounters;
import io.convoke.media.relay.TurnEndpoint;
import io.convoke.media.relay.TurnEvents;
import io.convoke.media.relay.TurnRelay;
import io.convoke.protocols.turn.TurnPolicy;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The data plane behind a {@link Relay}, which owns it: it alone starts and stops it. */
public interface RelayServer {
    /** Binds all listeners, or none and fails with the reason. */
    CompletionStage<Running> start(TurnPolicy policy, TurnEvents events);

    /** Listeners that are bound. */
    interface Running {
        /** Where clients are served, with the ports really in use. */
        List<TurnEndpoint> endpoints();

        /** Counts since the start. From any thread. */
        TurnCounters counters();

        /** All allocations. */
        CompletionStage<List<AllocationView>> allocations();

        /** False where there is none of that id. */
        CompletionStage<Boolean> close(UUID allocation);

        /** Ends all allocations of a user: how many. */
        CompletionStage<Integer> closeOf(String username);

        /** What the policy no longer allows ends. */
        void peersChanged();

        /** Closes the listeners and all allocations. Never blocks. */
        void stop();
    }

    /** A TURN server of this process. {@code blocking} binds sockets. */
    static RelayServer of(RelaySettings settings, Executor blocking) {
        return (policy, events) -> {
            CompletableFuture<Running> started = new CompletableFuture<>();
            blocking.execute(() -> {
                try {
                    started.complete(new RunningTurn(TurnRelay.start(settings, policy, events)));
                } catch (IOException | RuntimeException failure) {
                    started.completeExceptionally(failure);
                }
            });
            return started;
        };
    }
}
