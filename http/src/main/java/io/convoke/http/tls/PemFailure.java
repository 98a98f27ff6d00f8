package io.convoke.http.tls;

import java.nio.file.Path;

/** A PEM file that is missing or holds something else than expected. The words name the file and never quote it. */
public final class PemFailure extends Exception {
    private static final long serialVersionUID = 1;

    PemFailure(Path file, String expected, String found) {
        super("Expected " + expected + " in " + file + ", but " + found);
    }

    /** For the operator. */
    public String words() {
        String words = getMessage();
        return words == null ? "" : words;
    }
}
