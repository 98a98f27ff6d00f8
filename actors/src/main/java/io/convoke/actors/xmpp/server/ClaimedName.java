package io.convoke.actors.xmpp.server;

import java.nio.charset.StandardCharsets;

/** Who a client says it is in its first message, for people to read: nothing is decided by it. Never a password. */
final class ClaimedName {
    private static final int MOST = 60;

    private ClaimedName() {}

    /** Such as {@code "alice"} with the quotes, or {@code a guest}. */
    static String of(String mechanism, byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        String name = "";
        if (mechanism.equals("ANONYMOUS")) {
            return "a guest";
        } else if (mechanism.equals("PLAIN")) {
            String[] parts = text.split("\0", -1);
            name = parts.length == 3 ? parts[1] : "";
        } else if (mechanism.startsWith("SCRAM-")) {
            String[] parts = text.split(",", 5);
            name = parts.length > 3 && parts[2].startsWith("n=") ? parts[2].substring(2) : "";
        }
        String shortened = name.codePointCount(0, name.length()) <= MOST
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MOST)) + "…";
        return shortened.isEmpty() ? "somebody" : "\"" + shortened.replace('"', '\'') + "\"";
    }
}
