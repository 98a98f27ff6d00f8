package io.convoke.protocols.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one description line by line; thrown away after use. The first thing that is wrong ends it. */
final class SdpParser {
    private static final String NO_CONNECTION = "IN IP4 0.0.0.0";

    private final String text;
    private final Limits limits;
    private final List<Attribute> sessionAttributes = new ArrayList<>();
    private final List<MediaSection> sections = new ArrayList<>();
    private boolean version;
    private boolean name;
    private boolean time;
    private @Nullable Origin origin;
    private String sessionConnection = NO_CONNECTION;
    private @Nullable MediaSection head;
    private String connection = NO_CONNECTION;
    private List<Attribute> attributes = sessionAttributes;
    private int lineNumber;

    SdpParser(String text, Limits limits) {
        this.text = text;
        this.limits = limits;
    }

    SdpResult parse() {
        if (text.length() > limits.maxChars()) {
            return new Rejected(
                    "tooLarge", "at most " + limits.maxChars() + " characters", text.length() + " characters");
        }
        int at = 0;
        while (at < text.length()) {
            int newline = text.indexOf('\n', at);
            int next = newline < 0 ? text.length() : newline + 1;
            int end = newline < 0 ? text.length() : newline;
            if (end > at && text.charAt(end - 1) == '\r') {
                end--;
            }
            Rejected wrong = end == at ? null : line(text.substring(at, end));
            if (wrong != null) {
                return wrong;
            }
            at = next;
        }
        finishSection();
        return finish();
    }

    private SdpResult finish() {
        Origin by = origin;
        if (!version || by == null || !name || !time) {
            String missing = !version ? "v=" : by == null ? "o=" : !name ? "s=" : "t=";
            return new Rejected("missingLine", "the lines v= o= s= t= (RFC 8866)", "no " + missing + " line");
        }
        return new Parsed(new Sdp(by, sessionAttributes, sections));
    }

    private @Nullable Rejected line(String line) {
        if (++lineNumber > limits.maxLines()) {
            return new Rejected("tooManyLines", "at most " + limits.maxLines() + " lines", "more");
        }
        if (line.length() > limits.maxLineChars()) {
            return new Rejected(
                    "lineTooLong",
                    "lines of at most " + limits.maxLineChars() + " characters",
                    "line " + lineNumber + " with " + line.length());
        }
        if (line.length() < 2 || line.charAt(1) != '=' || line.charAt(0) < 'a' || line.charAt(0) > 'z') {
            return bad("a line of the form x=value", line);
        }
        if (line.indexOf('\0') >= 0 || line.indexOf('\r') >= 0) {
            return bad("a line without control characters", line);
        }
        if (!version && line.charAt(0) != 'v') {
            return new Rejected("missingLine", "v=0 as the first line", line.substring(0, 2));
        }
        return field(line.charAt(0), line.substring(2), line);
    }

    private @Nullable Rejected field(char type, String value, String line) {
        switch (type) {
            case 'v':
                version = value.equals("0");
                return version && lineNumber == 1 ? null : bad("v=0 as the first line and nowhere else", line);
            case 'o':
                return origin(value, line);
            case 's':
                name = true;
                return null;
            case 't':
                time = true;
                return null;
            case 'c':
                return connection(value, line);
            case 'm':
                return media(value, line);
            case 'a':
                return attribute(value, line);
            default:
                // i u e p b r z k: nothing WebRTC makes use of.
                return null;
        }
    }

    private @Nullable Rejected origin(String value, String line) {
        String[] parts = value.split(" ", -1);
        Long id = parts.length == 6 ? number(parts[1]) : null;
        Long count = parts.length == 6 ? number(parts[2]) : null;
        if (id == null || count == null || origin != null) {
            return bad("one line o=<user> <number> <number> IN IP4 <address>", line);
        }
        origin = new Origin(parts[0], id, count, parts[3] + " " + parts[4] + " " + parts[5]);
        return null;
    }

    private @Nullable Rejected connection(String value, String line) {
        if (value.split(" ", -1).length != 3) {
            return bad("c=IN IP4 <address> or c=IN IP6 <address>", line);
        }
        if (head == null) {
            sessionConnection = value;
        }
        connection = value;
        return null;
    }

    private @Nullable Rejected media(String value, String line) {
        finishSection();
        if (sections.size() == limits.maxSections()) {
            return new Rejected("tooManySections", "at most " + limits.maxSections() + " media sections", "more");
        }
        String[] parts = value.split(" ", -1);
        int port = parts.length < 4 ? -1 : port(parts[1]);
        for (int i = 0; i < parts.length; i++) {
            port = Tokens.isToken(parts[i], i == 2 || i == 1 ? "/" : "") ? port : -1;
        }
        if (port < 0) {
            return bad("m=<media> <port> <protocol> <format> ...", line);
        }
        attributes = new ArrayList<>();
        connection = sessionConnection;
        head = new MediaSection(
                parts[0], port, parts[2], List.of(parts).subList(3, parts.length), connection, List.of());
        return null;
    }

    private @Nullable Rejected attribute(String value, String line) {
        int colon = value.indexOf(':');
        String key = colon < 0 ? value : value.substring(0, colon);
        if (!Tokens.isToken(key, "")) {
            return bad("a=<name> or a=<name>:<value>", line);
        }
        attributes.add(new Attribute(key, colon < 0 ? "" : value.substring(colon + 1)));
        return null;
    }

    private void finishSection() {
        MediaSection open = head;
        if (open != null) {
            sections.add(new MediaSection(
                    open.media(), open.port(), open.protocol(), open.formats(), connection, attributes));
            head = null;
        }
    }

    /** "9" and "9/2"; the number of ports is of no use and dropped. */
    private static int port(String text) {
        int slash = text.indexOf('/');
        return Tokens.number(slash < 0 ? text : text.substring(0, slash), 65_535);
    }

    private static @Nullable Long number(String text) {
        try {
            return text.startsWith("+") || text.startsWith("-") ? null : Long.valueOf(Long.parseUnsignedLong(text));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private Rejected bad(String expected, String line) {
        return new Rejected("badLine", expected, "line " + lineNumber + ": " + Tokens.withoutSecret(line));
    }
}
