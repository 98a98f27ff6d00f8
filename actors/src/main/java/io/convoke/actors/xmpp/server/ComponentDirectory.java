package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which components there are, on this node and on the others, and the others' posts. Safe from any thread. */
final class ComponentDirectory {
    private record Node(String uid, List<ComponentOffer> offers) {}

    private final Map<ActorRef<StanzaPost.Command>, Node> nodes = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> localListeners = new CopyOnWriteArrayList<>();
    private volatile List<ComponentOffer> local = List.of();

    /** Is run after each change, on any thread. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Is run after each change on this node, on any thread. */
    void onLocalChange(Runnable listener) {
        localListeners.add(listener);
    }

    void local(List<ComponentOffer> offers) {
        local = List.copyOf(offers);
        localListeners.forEach(Runnable::run);
        listeners.forEach(Runnable::run);
    }

    List<ComponentOffer> local() {
        return local;
    }

    void remote(ActorRef<StanzaPost.Command> node, String uid, List<ComponentOffer> offers) {
        nodes.put(node, new Node(uid, List.copyOf(offers)));
        listeners.forEach(Runnable::run);
    }

    /** Answers the name of a node that was known. */
    Optional<String> gone(ActorRef<StanzaPost.Command> node) {
        Node known = nodes.remove(node);
        if (known != null) {
            listeners.forEach(Runnable::run);
        }
        return Optional.ofNullable(known).map(Node::uid);
    }

    Optional<ActorRef<StanzaPost.Command>> node(String uid) {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().uid().equals(uid))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The posts of all other nodes that are known. */
    Set<ActorRef<StanzaPost.Command>> others() {
        return Set.copyOf(nodes.keySet());
    }

    /** Those who decide logins, everywhere. */
    List<ComponentPlace> callbridges() {
        return all().stream().filter(place -> place.offer().decidesLogins()).toList();
    }

    /** A node that this component is registered with; local ones are not listed here. */
    Optional<ActorRef<StanzaPost.Command>> elsewhere(String name) {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue().offers().stream()
                        .anyMatch(offer -> offer.name().equals(name)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    List<ComponentPlace> all() {
        List<ComponentPlace> places = new ArrayList<>();
        local.forEach(offer -> places.add(new ComponentPlace(offer, null)));
        nodes.forEach((ref, node) -> node.offers().forEach(offer -> places.add(new ComponentPlace(offer, ref))));
        return places;
    }
}
