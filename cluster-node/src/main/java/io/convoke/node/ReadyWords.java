package io.convoke.node;

import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import java.io.PrintStream;
import java.util.Optional;

/** What a person reads once the node serves: where to go. */
final class ReadyWords {
    private static final String DEMO = "/meeting/9999";

    private ReadyWords() {}

    /** {@code origin} such as {@code http://localhost:8080}; empty where nothing is served over HTTP. */
    static void print(PrintStream out, NodeSettings settings, String origin, Optional<String> newPassword) {
        StringBuilder words = new StringBuilder("Convoke is ready");
        boolean web = settings.has(Role.WEBBRIDGE3);
        boolean api = settings.has(Role.API);
        if (!origin.isEmpty()) {
            words.append(": ").append(origin).append(web ? DEMO : "/state/cluster");
        }
        words.append('\n');
        if (web) {
            words.append("  Demo meeting    ")
                    .append(origin)
                    .append(DEMO)
                    .append("  (open it twice, and meet yourself)\n");
            words.append("  Any meeting     ").append(origin).append("/\n");
        }
        if (api) {
            words.append("  State           ").append(origin).append("/state/cluster\n");
            words.append("  Trace           ").append(origin).append("/state/trace?participant=…\n");
        }
        words.append("  Guide           src/docs/\n");
        words.append("  Data            ").append(settings.data()).append('\n');
        newPassword.ifPresent(password -> words.append("  Administrator   user admin, password ")
                .append(password)
                .append("  (shown this once; CONVOKE_ADMIN_PASSWORD sets another)\n"));
        words.append("  Stop            Ctrl-C");
        out.println(words);
        out.flush();
    }
}
