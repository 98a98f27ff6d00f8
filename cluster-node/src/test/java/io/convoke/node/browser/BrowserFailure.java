package io.convoke.node.browser;

/** The browser did not do what it was told, or a page's script threw. */
public final class BrowserFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrowserFailure(String words) {
        super(words);
    }

    BrowserFailure(String words, Throwable cause) {
        super(words, cause);
    }
}
