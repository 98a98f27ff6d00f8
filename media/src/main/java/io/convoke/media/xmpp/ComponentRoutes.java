package io.convoke.media.xmpp;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One component's way to the others of its node: stanzas of one read go to each target in one buffer, flushed at the read's end. A target that does not take them
 * stops the source from being read until it does. On the source's event loop only.
 */
final class ComponentRoutes {
    private final ReadGate gate;
    private final WireLoop loop;
    private final List<ComponentSocket> touched = new ArrayList<>(2);
    private final Outbox outbox = new Outbox();
    private @Nullable ComponentSocket target;
    private int gathered;

    ComponentRoutes(WireLoop loop, ReadGate gate) {
        this.loop = loop;
        this.gate = gate;
    }

    /** Gathers a stanza for the target. */
    void route(ComponentSocket to, byte[] stanza) {
        if (to != target) {
            write();
            target = to;
            if (!touched.contains(to)) {
                touched.add(to);
            }
        }
        gathered++;
        outbox.append(to.channel(), stanza);
    }

    /** Sends what was gathered. */
    void flush() {
        if (target == null) {
            return;
        }
        write();
        target = null;
        for (ComponentSocket to : touched) {
            Channel channel = to.channel();
            channel.flush();
            if (!channel.isWritable() && channel.isActive()) {
                gate.hold();
                to.awaitWritable(() -> loop.eventLoop().execute(gate::release));
            }
        }
        touched.clear();
    }

    void discard() {
        outbox.discard();
        target = null;
        touched.clear();
    }

    private void write() {
        if (target != null) {
            outbox.write(target.channel());
            target.countOut(gathered);
            gathered = 0;
        }
    }
}
