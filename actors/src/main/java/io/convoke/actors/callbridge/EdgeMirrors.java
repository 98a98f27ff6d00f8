package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.node.NodeContext;
import io.convoke.actors.relay.Relay;
import io.convoke.actors.relayadmin.RelayReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the web bridge's side says about its own things, shown on this node's board for as long as the link is up. For the link's own thread. */
final class EdgeMirrors {
    private static final int MOST = 256;
    private static final Duration NEWS_EVERY = Duration.ofMinutes(1);

    private final ActorContext<C2wLink.Command> context;
    private final NodeContext node;
    private final String edge;
    private final Map<String, ActorRef<EdgeMirror.Command>> mirrors = new HashMap<>();
    private final Map<Long, ActorRef<RelayReply>> askers = new LinkedHashMap<>();
    private long lastQuestion;
    private long refused;
    private long newsDueNanos;

    /** {@code edge}: {@code host:port} as the configuration names it. */
    EdgeMirrors(ActorContext<C2wLink.Command> context, NodeContext node, String edge) {
        this.context = context;
        this.node = node;
        this.edge = edge;
        this.newsDueNanos = node.nanos().getAsLong();
    }

    /** Words for the log when it was refused, once a minute at most. */
    Optional<String> show(C2wMessage.EdgeState state) {
        EdgeStateRule.Verdict verdict = EdgeStateRule.judge(edge, state);
        if (verdict instanceof EdgeStateRule.Shown shown) {
            return show(shown);
        }
        if (verdict instanceof EdgeStateRule.Gone gone) {
            ActorRef<EdgeMirror.Command> mirror = mirrors.remove(gone.id());
            if (mirror != null) {
                context.stop(mirror);
            }
            return Optional.empty();
        }
        return refuse(((EdgeStateRule.Refused) verdict).why());
    }

    private Optional<String> show(EdgeStateRule.Shown shown) {
        ActorRef<EdgeMirror.Command> mirror = mirrors.get(shown.id());
        if (mirror != null) {
            mirror.tell(new EdgeMirror.Shows(shown.json()));
        } else if (mirrors.size() < MOST) {
            ActorRef<C2wLink.Command> link = context.getSelf();
            mirrors.put(
                    shown.id(),
                    context.spawnAnonymous(EdgeMirror.create(
                            Relay.KIND,
                            shown.id(),
                            edge,
                            shown.json(),
                            node,
                            question -> link.tell(new C2wLink.AskEdge(shown.relay(), question)))));
        } else {
            return refuse("expected at most " + MOST + " of them, but found another");
        }
        return Optional.empty();
    }

    private Optional<String> refuse(String why) {
        refused++;
        long now = node.nanos().getAsLong();
        if (now - newsDueNanos < 0) {
            return Optional.empty();
        }
        newsDueNanos = now + NEWS_EVERY.toNanos();
        return Optional.of(
                "the edge " + edge + " wants something shown that it may not (" + refused + " times so far): " + why);
    }

    /** A question in the edge's words. Whoever asked waits for a bounded time; with too many questions the oldest is forgotten. */
    C2wMessage.RelayAsk ask(C2wLink.AskEdge asked) {
        askers.put(++lastQuestion, asked.question().replyTo());
        if (askers.size() > MOST) {
            askers.remove(askers.keySet().iterator().next());
        }
        return new C2wMessage.RelayAsk(
                lastQuestion, asked.relay(), asked.question().request());
    }

    /** Tells whoever asked, if anybody still waits. */
    void answered(C2wMessage.RelayAnswer answer) {
        ActorRef<RelayReply> asker = askers.remove(answer.request());
        if (asker != null) {
            asker.tell(answer.reply());
        }
    }

    /** States that were not shown since the start. */
    long refused() {
        return refused;
    }

    void clear() {
        mirrors.values().forEach(context::stop);
        mirrors.clear();
        askers.clear();
    }
}
