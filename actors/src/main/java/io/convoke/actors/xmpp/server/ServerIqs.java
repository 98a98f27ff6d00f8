package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorSystem;
import io.convoke.protocols.xmpp.Jid;
import io.convoke.protocols.xmpp.Stanzas;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** What this node's server asks components, and waits for. Its address is the domain with the node's ID as resource, so that answers find back. */
final class ServerIqs {
    /** The component went, or its node did, before it answered. */
    static final class ComponentGone extends Exception {
        private static final long serialVersionUID = 1L;

        ComponentGone(String name) {
            super("Expected an answer of " + name + ", but it is gone");
        }
    }

    private record Pending(ComponentPlace place, CompletableFuture<Element> answer) {}

    /** Brings the IQ to that very registration of the component. */
    interface Sender {
        void send(ComponentPlace place, Element iq);
    }

    private final ActorSystem<?> system;
    private final String address;
    private final Sender sender;
    private final AtomicLong last = new AtomicLong();
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    ServerIqs(ActorSystem<?> system, String address, Sender sender) {
        this.system = system;
        this.address = address;
        this.sender = sender;
    }

    /** The answer, an error too; fails with {@link TimeoutException} or {@link ComponentGone}. */
    CompletionStage<Element> ask(ComponentPlace place, String type, Element payload, Duration within) {
        String id = "s" + last.incrementAndGet();
        CompletableFuture<Element> answer = new CompletableFuture<>();
        pending.put(id, new Pending(place, answer));
        var timer = system.scheduler()
                .scheduleOnce(
                        within,
                        () -> answer.completeExceptionally(new TimeoutException("Expected an answer within " + within)),
                        system.executionContext());
        CompletableFuture<?> ignored = answer.whenComplete((iq, failure) -> {
            pending.remove(id);
            timer.cancel();
        });
        sender.send(place, Stanzas.iq(type, id, address, place.name(), payload));
        return answer.minimalCompletionStage();
    }

    /** Tells it, and does not wait. */
    void tell(ComponentPlace place, Element payload) {
        sender.send(place, Stanzas.iq("set", "s" + last.incrementAndGet(), address, place.name(), payload));
    }

    /** A result or an error that came for this node's server. What nobody waits for is dropped. */
    void answered(Element iq) {
        String id = iq.attribute("id");
        Pending asked = id == null ? null : pending.get(id);
        if (asked != null
                && Jid.parse(iq.attribute("from"))
                        .filter(from -> from.toString().equals(asked.place().name()))
                        .isPresent()) {
            asked.answer().complete(iq);
        }
    }

    /** That registration is over: nothing more comes of it. */
    void gone(ComponentPlace place) {
        pending.values().stream()
                .filter(asked -> asked.place().isSameAs(place))
                .forEach(asked -> asked.answer().completeExceptionally(new ComponentGone(place.name())));
    }
}
