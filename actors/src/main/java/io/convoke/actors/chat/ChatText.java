package io.convoke.actors.chat;

/** What may be in a message: characters that XML and every database take. */
final class ChatText {
    private ChatText() {}

    /** Without control characters other than line breaks and tabs, without halves of characters, and without white space around it. */
    static String clean(String typed) {
        StringBuilder clean = new StringBuilder(typed.length());
        typed.replace("\r\n", "\n").codePoints().forEach(point -> {
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            boolean control = Character.isISOControl(point) && point != '\n' && point != '\t';
            if (!half && !control && point != 0xFFFE && point != 0xFFFF) {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString().strip();
    }

    /** In characters as people count them. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
