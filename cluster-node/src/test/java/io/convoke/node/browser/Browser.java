package io.convoke.node.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** One window of a browser started for a test. Every call waits for its answer and throws {@link BrowserFailure} when it does not come. */
public interface Browser extends AutoCloseable {
    /** Opens a page and waits until it is loaded. */
    void open(String url);

    /** The value of a JavaScript expression in the page; a promise is awaited. Must be something that JSON can say. */
    JsonNode evaluate(String expression);

    /** Presses and releases a key where the focus is, such as {@code Tab}, {@code Enter}, {@code Shift+L}. */
    void press(String key);

    /** Types a text where the focus is, key by key. */
    default void type(String text) {
        text.codePoints().mapToObj(Character::toString).forEach(this::press);
    }

    /** Writes a PNG of the viewport. */
    void screenshot(Path file);

    /** Gives the viewport this size in CSS pixels. */
    void setWindow(int width, int height);

    /** What the page has written to its console so far, errors that nobody caught included. */
    List<String> console();

    /** Ends the browser's processes at once, as a killed tab would, and removes its profile. */
    @Override
    void close();
}
