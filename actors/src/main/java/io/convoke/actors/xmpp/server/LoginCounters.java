package io.convoke.actors.xmpp.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Logins since the start. Safe from any thread. */
final class LoginCounters {
    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder withoutCallbridge = new LongAdder();
    final LongAdder unanswered = new LongAdder();
    final LongAdder abandoned = new LongAdder();

    Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("accepted", accepted.sum());
        all.put("refused", refused.sum());
        all.put("withoutCallbridge", withoutCallbridge.sum());
        all.put("unanswered", unanswered.sum());
        all.put("abandoned", abandoned.sum());
        return all;
    }
}
