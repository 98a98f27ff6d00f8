package io.convoke.actors.callbridge;

import java.util.Locale;

/** A browser's name in one word, guessed from its User-Agent. */
final class BrowserName {
    private BrowserName() {}

    /** The order matters: most browsers also claim to be others. */
    static String of(String userAgent) {
        String agent = userAgent.toLowerCase(Locale.ROOT);
        if (agent.contains("edg/") || agent.contains("edga/") || agent.contains("edgios/")) {
            return "Edge";
        }
        if (agent.contains("opr/") || agent.contains("opera")) {
            return "Opera";
        }
        if (agent.contains("firefox/") || agent.contains("fxios/")) {
            return "Firefox";
        }
        if (agent.contains("chrome/") || agent.contains("chromium/") || agent.contains("crios/")) {
            return "Chrome";
        }
        if (agent.contains("safari/") && agent.contains("version/")) {
            return "Safari";
        }
        return "Unknown";
    }
}
