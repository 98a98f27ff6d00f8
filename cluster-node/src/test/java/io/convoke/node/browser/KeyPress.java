package io.convoke.node.browser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key with its modifiers, as the two protocols name it. {@code name} is that of {@code KeyboardEvent.key}; {@code code} the Windows virtual key;
 * {@code text} what it writes, null for none; {@code modifiers} as the DevTools protocol adds them up (Control 2, Shift 8).
 */
record KeyPress(String name, int code, @Nullable String text, int modifiers) {
    private static final int CONTROL = 2;
    private static final int SHIFT = 8;

    /** {@code Tab}, {@code Enter}, {@code Escape}, a character, or one of them after {@code Shift+} or {@code Control+}. */
    static KeyPress of(String key) {
        if (key.startsWith("Shift+")) {
            return of(key.substring("Shift+".length())).with(SHIFT);
        }
        if (key.startsWith("Control+")) {
            return of(key.substring("Control+".length())).with(CONTROL);
        }
        return switch (key) {
            case "Tab" -> new KeyPress(key, 9, null, 0);
            case "Enter" -> new KeyPress(key, 13, "\r", 0);
            case "Escape" -> new KeyPress(key, 27, null, 0);
            default -> new KeyPress(key, Character.toUpperCase(key.codePointAt(0)), key, 0);
        };
    }

    private KeyPress with(int modifier) {
        return new KeyPress(name, code, modifier == CONTROL ? null : text, modifiers | modifier);
    }

    /** The keys to hold down together, in WebDriver's code points. */
    List<String> webDriver() {
        List<String> keys = new ArrayList<>();
        if ((modifiers & CONTROL) != 0) {
            keys.add("\uE009");
        }
        if ((modifiers & SHIFT) != 0) {
            keys.add("\uE008");
        }
        keys.add(
                switch (name) {
                    case "Tab" -> "\uE004";
                    case "Enter" -> "\uE006";
                    case "Escape" -> "\uE00C";
                    default -> name;
                });
        return keys;
    }
}
