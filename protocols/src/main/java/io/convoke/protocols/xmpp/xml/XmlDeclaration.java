package io.convoke.protocols.xmpp.xml;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The declaration at a stream's start (RFC 6120 §11.5), from behind its {@code <?}. */
final class XmlDeclaration {
    enum Verdict {
        MORE,
        UTF_8,
        OTHER_ENCODING,
        MALFORMED,
        /** A processing instruction of another name. */
        NO_DECLARATION
    }

    private static final int MAX_LENGTH = 128;
    private static final String NAME = "xml";
    private static final Pattern FORM = Pattern.compile("xml\\s+version\\s*=\\s*(?:'1\\.0'|\"1\\.0\")"
            + "(?:\\s+encoding\\s*=\\s*(?:'([A-Za-z0-9._-]+)'|\"([A-Za-z0-9._-]+)\"))?"
            + "(?:\\s+standalone\\s*=\\s*(?:'(?:yes|no)'|\"(?:yes|no)\"))?\\s*");

    private final StringBuilder read = new StringBuilder();

    Verdict take(byte octet) {
        if (octet < 0 || read.length() >= MAX_LENGTH) {
            return Verdict.MALFORMED;
        }
        int last = read.length() - 1;
        if (octet == '>' && last >= 0 && read.charAt(last) == '?') {
            read.setLength(last);
            return judge();
        }
        read.append((char) octet);
        int length = read.length();
        boolean other = length <= NAME.length()
                ? !NAME.startsWith(read.toString())
                : length == NAME.length() + 1 && !Character.isWhitespace(octet) && octet != '?';
        return other ? Verdict.NO_DECLARATION : Verdict.MORE;
    }

    private Verdict judge() {
        Matcher form = FORM.matcher(read);
        if (!form.matches()) {
            return Verdict.MALFORMED;
        }
        String encoding = form.group(1) != null ? form.group(1) : form.group(2);
        return encoding == null || encoding.toLowerCase(Locale.ROOT).equals("utf-8")
                ? Verdict.UTF_8
                : Verdict.OTHER_ENCODING;
    }
}
