package io.convoke.actors.trace;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How an event looks as a line in a file and as a syslog packet (RFC 3164 §4.1, with milliseconds). */
final class LogLine {
    /** RFC 3164 §4.1 bids 1024 at most; today's receivers take 2048 and more, and our GUIDs are long. */
    static final int LONGEST_PACKET_BYTES = 2048;

    private final DateTimeFormatter time;

    LogLine(ZoneId zone) {
        this.time = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss.SSS", Locale.ENGLISH)
                .withZone(zone);
    }

    /** {@code Feb 23 09:02:21.588 user.info HOST program: INFO : text}, with a line end. */
    String file(TraceEvent event) {
        return time.format(event.at()) + " " + label(event) + " " + event.node() + " " + tail(event) + "\n";
    }

    /** {@code <14>Feb 23 09:02:21.588 HOST program: INFO : text}, cut to the longest packet. */
    byte[] syslog(TraceEvent event) {
        int priority = event.facility().number() * 8 + event.severity().number();
        String line = "<" + priority + ">" + time.format(event.at()) + " " + event.node() + " " + tail(event);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_PACKET_BYTES) {
            return bytes;
        }
        int end = LONGEST_PACKET_BYTES;
        // Not in the middle of a character: continuation bytes are 10xxxxxx.
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return java.util.Arrays.copyOf(bytes, end);
    }

    /** The same text with spaces for control characters and Unicode's line ends, so that nobody's name forges a line. */
    static String oneLine(String text) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                if (cleaned == null) {
                    cleaned = new StringBuilder(text);
                }
                cleaned.setCharAt(i, ' ');
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }

    private static String label(TraceEvent event) {
        String severity = event.severity() == Severity.ERR
                ? "err"
                : lower(event.severity().name());
        return lower(event.facility().name()) + "." + severity;
    }

    private static String tail(TraceEvent event) {
        return event.program() + ": " + event.severity().word() + " : " + event.text();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
