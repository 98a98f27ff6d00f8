package io.convoke.actors.callbridge;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.convoke.actors.c2w.C2wMessage;
import io.convoke.actors.node.NodeContext;
import java.util.HashMap;
import java.util.Map;

/** What the web bridge's side says about its own things, shown on this node's board for as long as the link is up. */
final class EdgeMirrors {
    private static final int MOST = 256;

    private final ActorContext<C2wLink.Command> context;
    private final NodeContext node;
    private final Map<String, ActorRef<EdgeMirror.Command>> mirrors = new HashMap<>();

    EdgeMirrors(ActorContext<C2wLink.Command> context, NodeContext node) {
        this.context = context;
        this.node = node;
    }

    void show(C2wMessage.EdgeState state) {
        String key = state.kind() + "/" + state.id();
        ActorRef<EdgeMirror.Command> mirror = mirrors.get(key);
        if (state.json() == null) {
            if (mirror != null) {
                mirrors.remove(key);
                context.stop(mirror);
            }
        } else if (mirror != null) {
            mirror.tell(new EdgeMirror.Shows(state.json()));
        } else if (mirrors.size() < MOST) {
            mirrors.put(key, context.spawnAnonymous(EdgeMirror.create(state.kind(), state.id(), state.json(), node)));
        }
    }

    void clear() {
        mirrors.values().forEach(context::stop);
        mirrors.clear();
    }
}
