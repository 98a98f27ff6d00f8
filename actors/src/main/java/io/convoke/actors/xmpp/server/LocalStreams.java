package io.convoke.actors.xmpp.server;

import io.convoke.media.xmpp.ComponentConnection;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of this node: clients that have bound, components that have registered. Safe from any thread. */
final class LocalStreams {
    private final Map<Long, BoundClient> byConnection = new ConcurrentHashMap<>();
    private final Map<String, BoundClient> byAddress = new ConcurrentHashMap<>();
    private final Map<String, Set<BoundClient>> byAccount = new ConcurrentHashMap<>();
    private final Map<String, ComponentConnection> components = new ConcurrentHashMap<>();

    /** Takes the address over from whoever had it. */
    void add(BoundClient client) {
        byConnection.put(client.connection().id(), client);
        byAddress.put(client.address().toString(), client);
        byAccount.compute(account(client), (account, before) -> {
            Set<BoundClient> now = new HashSet<>(before == null ? Set.of() : before);
            now.add(client);
            return Set.copyOf(now);
        });
    }

    void remove(BoundClient client) {
        byConnection.remove(client.connection().id(), client);
        byAddress.remove(client.address().toString(), client);
        byAccount.computeIfPresent(account(client), (account, before) -> {
            Set<BoundClient> now = new HashSet<>(before);
            now.remove(client);
            return now.isEmpty() ? null : Set.copyOf(now);
        });
    }

    Optional<BoundClient> client(long connection) {
        return Optional.ofNullable(byConnection.get(connection));
    }

    /** By the full address. */
    Optional<BoundClient> client(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** All clients of a user, by the bare address. */
    Set<BoundClient> clientsOf(String account) {
        return byAccount.getOrDefault(account, Set.of());
    }

    Collection<BoundClient> clients() {
        return byConnection.values();
    }

    void add(ComponentConnection component) {
        components.put(component.name(), component);
    }

    void remove(ComponentConnection component) {
        components.remove(component.name(), component);
    }

    Optional<ComponentConnection> component(String name) {
        return Optional.ofNullable(components.get(name));
    }

    Collection<ComponentConnection> components() {
        return components.values();
    }

    private static String account(BoundClient client) {
        return client.address().bare().toString();
    }
}
