package io.convoke.actors.relay;

import io.convoke.actors.node.StateJson;
import io.convoke.actors.relayadmin.RelayReply;
import io.convoke.actors.relayadmin.RelayReply.Outcome;
import io.convoke.actors.relayadmin.RelayRequest;
import io.convoke.protocols.turn.TransportAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers an administrator's questions and carries out the orders. */
final class RelayDesk {
    private static final String ALTERNATE = "an address and port of another relay, such as 192.0.2.2:3478";

    private final RelayPolicy policy;
    private final RelayRules rules;
    private final InstantSource clock;

    RelayDesk(RelayPolicy policy, RelayRules rules, InstantSource clock) {
        this.policy = policy;
        this.rules = rules;
        this.clock = clock;
    }

    /** {@code running} is null while the relay does not listen. */
    CompletionStage<RelayReply> answer(RelayRequest request, RelayServer.@Nullable Running running) {
        if (request instanceof RelayRequest.Drain drain) {
            return CompletableFuture.completedFuture(drain(drain));
        }
        if (request instanceof RelayRequest.Serve) {
            policy.serve();
            return CompletableFuture.completedFuture(service());
        }
        if (running == null) {
            return CompletableFuture.completedFuture(RelayReply.of(Outcome.UNAVAILABLE));
        }
        if (request instanceof RelayRequest.Show show) {
            return running.allocations()
                    .thenApply(all -> RelayReply.done(AllocationPages.page(all, show, clock.instant())));
        }
        if (request instanceof RelayRequest.ShowOne one) {
            return running.allocations().thenApply(all -> {
                String json = AllocationPages.one(all, one.allocation(), clock.instant());
                return json == null ? RelayReply.of(Outcome.UNKNOWN_ALLOCATION) : RelayReply.done(json);
            });
        }
        RelayRequest.Close close = (RelayRequest.Close) request;
        return running.close(close.allocation())
                .thenApply(closed -> closed ? RelayReply.done("{}") : RelayReply.of(Outcome.UNKNOWN_ALLOCATION));
    }

    private RelayReply drain(RelayRequest.Drain drain) {
        TransportAddress alternate = rules.alternate();
        if (drain.alternate() != null) {
            alternate = RelayAddresses.read(drain.alternate());
            if (alternate == null) {
                return new RelayReply(Outcome.REFUSED, ALTERNATE);
            }
        }
        policy.drain(alternate);
        return service();
    }

    private RelayReply service() {
        TransportAddress alternate = policy.alternate();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("draining", policy.isDraining());
        json.put("alternate", alternate == null ? null : alternate.toString());
        return RelayReply.done(StateJson.write(json));
    }
}
