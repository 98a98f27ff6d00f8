package io.convoke.actors.chat;

import io.convoke.protocols.xmpp.Namespaces;
import io.convoke.protocols.xmpp.xml.Element;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of what was said before a client wants (XEP-0045 §7.2.14); null: no bound of that sort. */
record HistoryWish(
        @Nullable Long maxStanzas,
        @Nullable Long maxChars,
        @Nullable Long seconds,
        @Nullable Instant since) {
    static final HistoryWish EVERYTHING = new HistoryWish(null, null, null, null);

    /** From the {@code x} of the entering presence. What cannot be understood bounds nothing. */
    static HistoryWish of(Element x) {
        return x.child("history", Namespaces.MUC)
                .map(history -> new HistoryWish(
                        number(history.attribute("maxstanzas")),
                        number(history.attribute("maxchars")),
                        number(history.attribute("seconds")),
                        instant(history.attribute("since"))))
                .orElse(EVERYTHING);
    }

    /** The newest of them that fit, oldest first. {@code maxchars} counts the texts. */
    List<ChatMessage> of(List<ChatMessage> messages, Instant now) {
        Instant earliest = since;
        if (seconds != null) {
            Instant bySeconds = now.minus(Duration.ofSeconds(Math.min(seconds, Integer.MAX_VALUE)));
            earliest = earliest == null || bySeconds.isAfter(earliest) ? bySeconds : earliest;
        }
        List<ChatMessage> picked = new ArrayList<>();
        long characters = 0;
        for (int i = messages.size() - 1; i >= 0; i--) {
            ChatMessage message = messages.get(i);
            characters += message.body().length();
            if ((maxStanzas != null && picked.size() >= maxStanzas)
                    || (maxChars != null && characters > maxChars)
                    || (earliest != null && message.at().isBefore(earliest))) {
                break;
            }
            picked.add(message);
        }
        Collections.reverse(picked);
        return picked;
    }

    private static @Nullable Long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,9}") ? Long.valueOf(text) : null;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notATime) {
            return null;
        }
    }
}
