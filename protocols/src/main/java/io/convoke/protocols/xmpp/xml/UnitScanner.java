package io.convoke.protocols.xmpp.xml;

/**
 * Finds where a stream's units end, byte by byte: the stream's start tag, each element below it, and the end tag. What XMPP forbids (RFC 6120 §11.1) and
 * what goes beyond the limits is refused at its first byte; whether a unit is well-formed in full is for {@link TreeReader}, who gets it in one piece.
 *
 * <p>All that has meaning here is ASCII, and no byte of a longer UTF-8 sequence is: sequences need no care.
 */
final class UnitScanner {
    /** What stands at the place where {@link #scan} stopped. */
    enum Found {
        NOTHING,
        /** The XML declaration, which nobody needs. */
        DECLARATION,
        /** The stream's start tag. */
        HEADER,
        /** One whole element. */
        ELEMENT,
        /** The stream's end tag. */
        END,
        VIOLATION
    }

    private enum State {
        BETWEEN,
        TEXT,
        LESS_THAN,
        START_TAG,
        SLASH,
        VALUE,
        END_TAG,
        EXCLAMATION,
        CDATA_OPENING,
        CDATA,
        REFERENCE,
        DECLARATION
    }

    private static final String CDATA_OPENING = "[CDATA[";

    private final StreamLimits limits;
    /** Open elements around a unit: 1 in a stream, 0 in a document. */
    private final int base;

    private State state = State.BETWEEN;
    private State afterReference = State.TEXT;
    /** Whether an XML declaration may come: before anything else in a stream, never in a document (RFC 7395 §3.3.3). */
    private boolean fresh;

    private int depth;
    private int children;
    private int attributes;
    /** How much of {@code <![CDATA[} or of {@code ]]>} has come. */
    private int matched;

    private byte quote;
    private Reference reference = new Reference();
    private final XmlDeclaration declaration = new XmlDeclaration();

    private int position;
    private int unitStart;
    private int unitBytes;
    private boolean inUnit;
    private boolean emptyHeader;
    private boolean nonAscii;
    private String condition = "";
    private String text = "";

    UnitScanner(StreamLimits limits, int base) {
        this.limits = limits;
        this.base = base;
        fresh = base == 1;
    }

    /** Where the last scan stopped: behind what it found. */
    int position() {
        return position;
    }

    /** Where the unit begins in the array scanned last; in the array's own beginning if it began in an earlier one. */
    int unitStart() {
        return unitStart;
    }

    /** Whether a unit has begun and not ended. */
    boolean inUnit() {
        return inUnit;
    }

    /** Whether the start tag was an empty element: the stream is closed as well. */
    boolean emptyHeader() {
        return emptyHeader;
    }

    /** Whether the unit has bytes beyond ASCII. */
    boolean nonAscii() {
        return nonAscii;
    }

    String condition() {
        return condition;
    }

    String text() {
        return text;
    }

    Found scan(byte[] bytes, int from, int to) {
        unitStart = from;
        position = from;
        int taken = inUnit ? unitBytes : 0;
        while (position < to) {
            if (!inUnit) {
                taken = 0;
            }
            // A unit may not take more bytes than the limit: look no further than that.
            int begin = inUnit ? unitStart : position;
            int end = (int) Math.min(to, (long) begin + limits.maxStanzaBytes() - taken);
            Found found = step(bytes, end);
            if (found != Found.NOTHING) {
                inUnit = false;
                unitBytes = 0;
                return found;
            }
            if (inUnit && position - unitStart + taken >= limits.maxStanzaBytes()) {
                return violate(Conditions.POLICY, "Expected at most " + limits.maxStanzaBytes() + " bytes in a stanza");
            }
        }
        unitBytes = inUnit ? taken + position - unitStart : 0;
        return Found.NOTHING;
    }

    /** One run of bytes that need no decision, and the byte after it. */
    private Found step(byte[] bytes, int end) {
        switch (state) {
            case TEXT -> {
                int begin = position;
                skip(bytes, end, Stops.TEXT);
                matched = position == begin ? matched : 0;
            }
            case VALUE -> skip(bytes, end, Stops.VALUE);
            case START_TAG, END_TAG -> skip(bytes, end, Stops.TAG);
            case CDATA -> {
                if (matched == 0) {
                    skip(bytes, end, Stops.CDATA);
                }
            }
            default -> {}
        }
        if (position >= end) {
            return Found.NOTHING;
        }
        byte octet = bytes[position++];
        if (octet < 0) {
            nonAscii = true;
        } else if (octet < ' ' && octet != '\n' && octet != '\t' && octet != '\r') {
            return violate(Conditions.NOT_WELL_FORMED, "Expected no control characters");
        }
        return switch (state) {
            case BETWEEN -> between(octet);
            case TEXT -> text(octet);
            case LESS_THAN -> lessThan(octet);
            case START_TAG -> startTag(octet);
            case SLASH -> octet == '>' ? emptied() : malformed("'>' after '/'");
            case VALUE -> value(octet);
            case END_TAG -> endTag(octet);
            case EXCLAMATION -> exclamation(octet);
            case CDATA_OPENING -> cdataOpening(octet);
            case CDATA -> cdata(octet);
            case REFERENCE -> reference(octet);
            case DECLARATION -> declaration(octet);
        };
    }

    private void skip(byte[] bytes, int end, int kind) {
        int at = position;
        int seen = 0;
        while (at < end) {
            byte octet = bytes[at];
            if (Stops.at(octet, kind)) {
                break;
            }
            seen |= octet;
            at++;
        }
        nonAscii |= seen < 0;
        position = at;
    }

    private Found between(byte octet) {
        if (octet == '<') {
            inUnit = true;
            unitStart = position - 1;
            children = 0;
            nonAscii = false;
            return go(State.LESS_THAN);
        }
        if (isSpace(octet)) {
            return Found.NOTHING;
        }
        return base == 1 && depth == 1
                ? violate(Conditions.BAD_FORMAT, "Expected a stanza, but text came")
                : malformed("an element");
    }

    private Found text(byte octet) {
        int brackets = matched;
        matched = octet == ']' ? brackets + 1 : 0;
        return switch (octet) {
            case '<' -> go(State.LESS_THAN);
            case '&' -> startReference(State.TEXT);
            case '>' -> brackets >= 2 ? malformed("no ']]>' in text") : Found.NOTHING;
            default -> Found.NOTHING;
        };
    }

    private Found lessThan(byte octet) {
        boolean first = fresh;
        fresh = false;
        switch (octet) {
            case '/':
                return depth == 0 ? malformed("a start tag") : go(State.END_TAG);
            case '!':
                return go(State.EXCLAMATION);
            case '?':
                return first
                        ? go(State.DECLARATION)
                        : violate(Conditions.RESTRICTED, "Expected no processing instruction");
            case '>', '<', '=', '"', '\'', '&', ' ', '\t', '\n', '\r':
                return malformed("a name after '<'");
            default:
                return startElement();
        }
    }

    private Found startElement() {
        if (depth + 1 - base > limits.maxDepth()) {
            return violate(Conditions.POLICY, "Expected at most " + limits.maxDepth() + " elements within each other");
        }
        if (depth > base && ++children > limits.maxChildren()) {
            return violate(Conditions.POLICY, "Expected at most " + limits.maxChildren() + " elements in a stanza");
        }
        attributes = 0;
        return go(State.START_TAG);
    }

    private Found startTag(byte octet) {
        switch (octet) {
            case '>':
                depth++;
                boolean header = depth == 1 && base == 1;
                go(header ? State.BETWEEN : State.TEXT);
                return header ? Found.HEADER : Found.NOTHING;
            case '/':
                return go(State.SLASH);
            case '=':
                return ++attributes > limits.maxAttributes()
                        ? violate(
                                Conditions.POLICY,
                                "Expected at most " + limits.maxAttributes() + " attributes in an element")
                        : Found.NOTHING;
            case '"', '\'':
                quote = octet;
                return go(State.VALUE);
            case '<', '&':
                return malformed("'>'");
            default:
                return Found.NOTHING;
        }
    }

    private Found emptied() {
        if (depth == 0 && base == 1) {
            emptyHeader = true;
            return Found.HEADER;
        }
        return closed();
    }

    private Found endTag(byte octet) {
        switch (octet) {
            case '>':
                depth--;
                return closed();
            case '<', '&', '=', '"', '\'', '/':
                return malformed("'>'");
            default:
                return Found.NOTHING;
        }
    }

    private Found closed() {
        if (depth > base) {
            return go(State.TEXT);
        }
        go(State.BETWEEN);
        return depth == base ? Found.ELEMENT : Found.END;
    }

    private Found value(byte octet) {
        if (octet == quote) {
            return go(State.START_TAG);
        }
        return switch (octet) {
            case '<' -> malformed("no '<' in a value");
            case '&' -> startReference(State.VALUE);
            default -> Found.NOTHING;
        };
    }

    private Found exclamation(byte octet) {
        if (octet != '[') {
            return violate(Conditions.RESTRICTED, "Expected no comment and no declaration");
        }
        if (depth <= base) {
            return depth == 1
                    ? violate(Conditions.BAD_FORMAT, "Expected a stanza, but text came")
                    : malformed("an element");
        }
        matched = 1;
        return go(State.CDATA_OPENING);
    }

    private Found cdataOpening(byte octet) {
        if (octet != CDATA_OPENING.charAt(matched)) {
            return malformed("'<![CDATA['");
        }
        if (++matched == CDATA_OPENING.length()) {
            matched = 0;
            return go(State.CDATA);
        }
        return Found.NOTHING;
    }

    private Found cdata(byte octet) {
        if (octet == ']') {
            matched++;
        } else if (octet == '>' && matched >= 2) {
            matched = 0;
            return go(State.TEXT);
        } else {
            matched = 0;
        }
        return Found.NOTHING;
    }

    private Found startReference(State after) {
        reference = new Reference();
        afterReference = after;
        return go(State.REFERENCE);
    }

    private Found reference(byte octet) {
        return switch (reference.take(octet)) {
            case MORE -> Found.NOTHING;
            case DONE -> go(afterReference);
            case MALFORMED -> malformed("a reference after '&'");
            case UNDECLARED -> violate(Conditions.RESTRICTED, "Expected no entities but the five predefined ones");
        };
    }

    private Found declaration(byte octet) {
        switch (declaration.take(octet)) {
            case MORE:
                return Found.NOTHING;
            case UTF_8:
                go(State.BETWEEN);
                return Found.DECLARATION;
            case OTHER_ENCODING:
                return violate(Conditions.ENCODING, "Expected UTF-8");
            case NO_DECLARATION:
                return violate(Conditions.RESTRICTED, "Expected no processing instruction");
            default:
                return malformed("an XML declaration");
        }
    }

    private Found go(State next) {
        state = next;
        return Found.NOTHING;
    }

    private Found malformed(String expected) {
        return violate(Conditions.NOT_WELL_FORMED, "Expected " + expected);
    }

    private Found violate(String condition, String text) {
        this.condition = condition;
        this.text = text;
        return Found.VIOLATION;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\n' || octet == '\t' || octet == '\r';
    }
}
