package io.convoke.http.webbridge3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.webbridge.SessionOutcome;
import io.convoke.actors.webbridge.ToClient;
import io.convoke.http.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a session WebSocket may do and when (client protocol §2): authenticate first, stay within limits, answer pings. Pure: one change, then {@link
 * #poll()} until it is null. After {@link Output.Close} nothing more comes out.
 */
final class SessionMachine {
    static final int NORMAL = 1000;
    static final int TOO_LARGE = 1009;
    static final int GARBAGE = 4400;
    static final int NOT_AUTHENTICATED = 4401;
    static final int SILENT = 4408;
    /** Messages that a client may send between {@code authenticate} and {@code welcome}. */
    static final int MAX_EARLY = 8;

    /** What the shell has to do. */
    sealed interface Output {
        /** Send one text frame. */
        record Send(String json) implements Output {}

        /** Ask the Webbridge about this token. */
        record Authenticate(String token) implements Output {
            @Override
            public String toString() {
                return "Authenticate[]";
            }
        }

        /** Hand a client's message to the Webbridge. */
        record Forward(UUID connection, String json) implements Output {}

        /** Close the WebSocket; the last output. {@code why} is for the log. */
        record Close(int code, String why) implements Output {}
    }

    private enum Phase {
        SILENT_YET,
        ASKING,
        OPEN,
        CLOSED
    }

    private final SessionLimits limits;
    private final MessageBudget budget;
    private final ArrayDeque<Output> outputs = new ArrayDeque<>();
    private final List<String> early = new ArrayList<>();
    private final long authenticateByNanos;
    private Phase phase = Phase.SILENT_YET;
    private @Nullable UUID connection;
    private long heardNanos;
    private long pingDueNanos;
    private long pings;

    SessionMachine(SessionLimits limits, long nowNanos) {
        this.limits = limits;
        this.budget = new MessageBudget(limits.messagesPerSecond(), nowNanos);
        this.authenticateByNanos = nowNanos + limits.authenticationTimeout().toNanos();
        this.heardNanos = nowNanos;
        this.pingDueNanos = nowNanos + limits.pingInterval().toNanos();
    }

    /** The connection's name at the Webbridge, once it is open. */
    @Nullable
    UUID connection() {
        return connection;
    }

    void handleText(long nowNanos, String text) {
        if (phase == Phase.CLOSED) {
            return;
        }
        heardNanos = nowNanos;
        if (!budget.spend(nowNanos)) {
            fail("tooManyMessages", "That is more than " + limits.messagesPerSecond() + " messages a second.", GARBAGE);
            return;
        }
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (JsonProcessingException notJson) {
            fail("badMessage", "a JSON object", "something else", GARBAGE);
            return;
        }
        JsonNode type = message.path("type");
        if (!message.isObject() || !type.isTextual()) {
            fail("badMessage", "a JSON object with a type", Json.kind(message) + " without one", GARBAGE);
            return;
        }
        switch (type.textValue()) {
            case "authenticate" -> authenticate(message);
            case "ping" -> answerPing(message);
            case "pong" -> {}
            default -> other(text);
        }
    }

    private void authenticate(JsonNode message) {
        JsonNode token = message.path("token");
        if (!token.isTextual()) {
            fail("badMessage", "authenticate with a token", Json.kind(token), NOT_AUTHENTICATED);
        } else if (phase != Phase.SILENT_YET) {
            refuse("badMessage", "authenticate once", "it again");
        } else {
            phase = Phase.ASKING;
            outputs.add(new Output.Authenticate(token.textValue()));
        }
    }

    private void answerPing(JsonNode message) {
        ObjectNode pong = Json.object().put("type", "pong");
        JsonNode id = message.path("id");
        if (id.isIntegralNumber() && id.canConvertToLong()) {
            outputs.add(new Output.Send(pong.put("id", id.longValue()).toString()));
        } else {
            refuse("badMessage", "ping with an integer id", Json.kind(id));
        }
    }

    private void other(String text) {
        UUID to = connection;
        if (phase == Phase.OPEN && to != null) {
            outputs.add(new Output.Forward(to, text));
        } else if (phase == Phase.SILENT_YET) {
            fail("badMessage", "authenticate first", "another message", NOT_AUTHENTICATED);
        } else if (early.size() < MAX_EARLY) {
            early.add(text);
        } else {
            fail("tooManyMessages", "Wait for welcome before you send more.", GARBAGE);
        }
    }

    void handleBinary() {
        fail("badMessage", "text frames", "a binary one", GARBAGE);
    }

    void handleTooLarge() {
        fail("messageTooLarge", "at most " + limits.maxMessageBytes() + " bytes", "more", TOO_LARGE);
    }

    /** The Webbridge's word on the token. */
    void handleOutcome(SessionOutcome outcome) {
        if (phase != Phase.ASKING) {
            return;
        }
        if (outcome instanceof SessionOutcome.SessionAccepted accepted) {
            phase = Phase.OPEN;
            connection = accepted.connection();
            early.forEach(text -> outputs.add(new Output.Forward(accepted.connection(), text)));
            early.clear();
        } else if (outcome instanceof SessionOutcome.SessionRefused refused) {
            fail(refused.code(), refused.detail(), refused.closeCode());
        }
    }

    /** A message for the client. */
    void handleServer(ToClient message) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (message instanceof ToClient.Text text) {
            outputs.add(new Output.Send(text.json()));
        } else if (message instanceof ToClient.Last last) {
            outputs.add(new Output.Send(last.json()));
            close(last.closeCode(), "the web bridge ended the session");
        }
    }

    void handleTimeout(long nowNanos) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (phase == Phase.SILENT_YET && nowNanos - authenticateByNanos >= 0) {
            fail(
                    "authenticationTimeout",
                    "The first message must be authenticate, within "
                            + limits.authenticationTimeout().toMillis() + " ms.",
                    NOT_AUTHENTICATED);
        } else if (nowNanos - heardNanos - limits.silence().toNanos() >= 0) {
            close(SILENT, "no message for " + limits.silence().toMillis() + " ms");
        } else if (nowNanos - pingDueNanos >= 0) {
            outputs.add(new Output.Send(
                    Json.object().put("type", "ping").put("id", ++pings).toString()));
            pingDueNanos = nowNanos + limits.pingInterval().toNanos();
        }
    }

    /** When {@link #handleTimeout} is due. */
    long deadlineNanos() {
        if (phase == Phase.CLOSED) {
            return Long.MAX_VALUE;
        }
        long deadline = earlier(pingDueNanos, heardNanos + limits.silence().toNanos());
        return phase == Phase.SILENT_YET ? earlier(deadline, authenticateByNanos) : deadline;
    }

    @Nullable
    Output poll() {
        return outputs.poll();
    }

    /** The session goes on. */
    private void refuse(String code, String expected, String found) {
        outputs.add(new Output.Send(error(code, "Expected " + expected + ", but found " + found + ".", false)
                .put("expected", expected)
                .put("found", found)
                .toString()));
    }

    private void fail(String code, String expected, String found, int closeCode) {
        if (phase != Phase.CLOSED) {
            outputs.add(new Output.Send(error(code, "Expected " + expected + ", but found " + found + ".", true)
                    .put("expected", expected)
                    .put("found", found)
                    .toString()));
            close(closeCode, code);
        }
    }

    private void fail(String code, String detail, int closeCode) {
        outputs.add(new Output.Send(error(code, detail, true).toString()));
        close(closeCode, code);
    }

    private static ObjectNode error(String code, String detail, boolean fatal) {
        return Json.object()
                .put("type", "error")
                .put("code", code)
                .put("detail", detail)
                .put("fatal", fatal);
    }

    private void close(int code, String why) {
        phase = Phase.CLOSED;
        early.clear();
        outputs.add(new Output.Close(code, why));
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
