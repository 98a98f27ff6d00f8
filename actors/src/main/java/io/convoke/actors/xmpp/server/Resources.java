package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import io.convoke.protocols.xmpp.StanzaCondition;
import io.convoke.protocols.xmpp.xml.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One user's resources, and which of them a stanza goes to (RFC 6121 §8.5). Not safe for threads. */
final class Resources {
    /** A resource: the connection that has it, on a node. {@code available}: it has sent its presence, and so its priority. */
    record Place(long connection, ActorRef<StanzaPost.Command> node, boolean available, int priority) {
        boolean isAt(long otherConnection, ActorRef<StanzaPost.Command> otherNode) {
            return connection == otherConnection && node.equals(otherNode);
        }
    }

    /** The resource of that name, and where it is. */
    record Target(String resource, Place place) {}

    /** Where a stanza goes. Without targets it is answered with the error, or dropped where that is null. */
    record Decision(List<Target> targets, @Nullable StanzaCondition error) {
        static final Decision DROP = new Decision(List.of(), null);
        static final Decision UNAVAILABLE = new Decision(List.of(), StanzaCondition.SERVICE_UNAVAILABLE);
    }

    private final Map<String, Place> byResource = new LinkedHashMap<>();

    @Nullable
    Place get(String resource) {
        return byResource.get(resource);
    }

    /** Answers what was there before. */
    @Nullable
    Place put(String resource, Place place) {
        return byResource.put(resource, place);
    }

    /** Only where it is that connection's. */
    void remove(String resource, long connection, ActorRef<StanzaPost.Command> node) {
        Place place = byResource.get(resource);
        if (place != null && place.isAt(connection, node)) {
            byResource.remove(resource);
        }
    }

    void removeAllOn(ActorRef<StanzaPost.Command> node) {
        byResource.values().removeIf(place -> place.node().equals(node));
    }

    boolean isOn(ActorRef<StanzaPost.Command> node) {
        return byResource.values().stream().anyMatch(place -> place.node().equals(node));
    }

    int size() {
        return byResource.size();
    }

    /** {@code resource}: the one addressed; null where it is the account. */
    Decision decide(Element stanza, @Nullable String resource) {
        Place addressed = resource == null ? null : byResource.get(resource);
        if (resource != null && addressed != null) {
            return new Decision(List.of(new Target(resource, addressed)), null);
        }
        String type = stanza.attribute("type");
        return switch (stanza.name()) {
            case "message" -> message(type == null ? "normal" : type, resource != null);
            // The server answers for accounts; who asks a resource that is gone learns it.
            case "iq" -> "get".equals(type) || "set".equals(type) ? Decision.UNAVAILABLE : Decision.DROP;
            default -> presence(type, resource != null);
        };
    }

    private Decision message(String type, boolean toResource) {
        return switch (type) {
            case "error" -> Decision.DROP;
            case "groupchat" -> Decision.UNAVAILABLE;
            case "headline" ->
                toResource ? Decision.DROP : new Decision(available(place -> place.priority() >= 0), null);
            default -> {
                List<Target> best = best();
                yield best.isEmpty() ? Decision.UNAVAILABLE : new Decision(best, null);
            }
        };
    }

    private Decision presence(@Nullable String type, boolean toResource) {
        boolean plain = type == null || type.equals("unavailable");
        return plain && !toResource ? new Decision(available(place -> true), null) : Decision.DROP;
    }

    private List<Target> available(Predicate<Place> also) {
        return byResource.entrySet().stream()
                .map(entry -> new Target(entry.getKey(), entry.getValue()))
                .filter(target -> target.place().available() && also.test(target.place()))
                .toList();
    }

    /** All with the highest priority, which must not be negative. */
    private List<Target> best() {
        List<Target> best = new ArrayList<>();
        for (Target target : available(place -> place.priority() >= 0)) {
            int priority = target.place().priority();
            if (!best.isEmpty() && best.get(0).place().priority() < priority) {
                best.clear();
            }
            if (best.isEmpty() || best.get(0).place().priority() == priority) {
                best.add(target);
            }
        }
        return best;
    }
}
