package io.convoke.actors.relay;

import io.convoke.media.relay.TurnEndpoint;
import java.util.List;

/** Where the relay listens at this moment: nowhere, before it does. Thread-safe. */
final class CurrentEndpoints {
    private volatile List<TurnEndpoint> endpoints = List.of();

    List<TurnEndpoint> get() {
        return endpoints;
    }

    void set(List<TurnEndpoint> now) {
        endpoints = List.copyOf(now);
    }
}
