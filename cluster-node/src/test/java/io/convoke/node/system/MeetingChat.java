package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;

import java.time.Duration;

/** The chat of a meeting's page, used as a person uses it. */
final class MeetingChat {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PANEL_IS_SHUT = "document.querySelector('[data-testid=chat-panel]').hidden";
    private static final String WORDS =
            "[...document.querySelectorAll('[data-testid=message]')].map(one => one.innerText).join('\\n')";

    private final MeetingPage page;

    MeetingChat(MeetingPage page) {
        this.page = page;
    }

    /** Opens the panel where it is shut. */
    MeetingChat open() {
        if (page.evaluate(PANEL_IS_SHUT).asBoolean()) {
            page.press("chat");
        }
        page.await(PANEL_IS_SHUT, "false");
        return this;
    }

    void say(String words) {
        page.evaluate("document.querySelector('[data-testid=chat-text]').focus()");
        page.type(words);
        page.press("chat-send");
    }

    /** Waits until somebody has said this, and it is on the page with the name; one's own is "You". */
    void awaitMessage(String name, String words) {
        eventually(PATIENCE, () -> page.evaluate(WORDS).asText(), text -> text.contains(name) && text.contains(words));
    }
}
