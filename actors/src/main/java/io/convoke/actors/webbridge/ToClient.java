package io.convoke.actors.webbridge;

/** What a session's WebSocket gets from the web bridge. */
public sealed interface ToClient {
    /** One text frame, a JSON object of the client protocol. */
    record Text(String json) implements ToClient {}

    /** One last text frame ({@code ended}, or an {@code error} that is fatal), then close with that code. */
    record Last(String json, int closeCode) implements ToClient {}
}
