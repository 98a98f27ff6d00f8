package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people write to each other in the web app; what they said is there after a reload, and after a restart of the node. */
class ChatIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path data;

    @Test
    void shouldCarryAChatBetweenBrowsersAndKeepIt() throws Exception {
        Browsers.CHROMIUM.require();
        try (NodeProcess node = NodeProcess.start("chat", "--data", data.toString(), "--http", "0")) {
            String origin = node.awaitReady();
            String meeting = origin + "/meeting/9999";
            try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, meeting, "Ada");
                    MeetingPage bob = MeetingPage.join(Browsers.CHROMIUM, meeting, "Bob")) {
                // one writes, with the keyboard; the other's button counts it, and a screen reader is told
                openChat(ada);
                write(ada, "Hello <b>Bob</b>, see https://example.org/a.");
                awaitTexts(ada, "You", "Hello <b>Bob</b>, see https://example.org/a.");
                bob.await("document.querySelector('[data-testid=chat] .unread').textContent", "1");
                bob.await(
                        "document.getElementById('announcer').textContent.startsWith('New message from Ada: Hello')",
                        "true");

                // the other reads and answers
                openChat(bob);
                bob.await("document.querySelector('[data-testid=chat] .unread').textContent", "");
                awaitTexts(bob, "Ada", "Hello <b>Bob</b>, see https://example.org/a.");
                assertThat(bob.evaluate("(() => { const a = document.querySelector('.said-text a');"
                                        + " return [a.href, a.target, a.rel].join(' '); })()")
                                .asText())
                        .isEqualTo("https://example.org/a _blank noopener noreferrer nofollow");
                write(bob, "Hello Ada!");
                awaitTexts(ada, "Bob", "Hello Ada!");
                ada.screenshot("chat-ada");
                bob.screenshot("chat-bob");

                // Escape closes the panel and gives the focus back
                bob.key("Escape");
                bob.await("document.querySelector('[data-testid=chat-panel]').hidden", "true");
                bob.await("document.activeElement.dataset.testid", "chat");

                // the state says how much, and never what
                JsonNode room = eventually(
                                PATIENCE,
                                () -> new Api(origin).state("/state/chat-rooms").path("chat-rooms"),
                                rooms -> rooms.size() == 1
                                        && rooms.get(0).path("stored").asInt() == 2)
                        .get(0);
                assertThat(room.path("occupants").findValuesAsText("name")).containsExactly("Ada", "Bob");
                assertThat(room.toString()).doesNotContain("Hello");

                // a reload is another join, which sees what was said
                bob.press("leave");
                bob.awaitState("ended");
                bob.go(meeting);
                bob.pressJoin("Bob");
                bob.awaitState("connected");
                openChat(bob);
                awaitTexts(bob, "Ada", "Hello <b>Bob</b>, see https://example.org/a.");
                awaitTexts(bob, "Bob", "Hello Ada!");
            }
        }

        // a restart keeps it
        try (NodeProcess node = NodeProcess.start("chat-again", "--data", data.toString(), "--http", "0");
                MeetingPage eve = MeetingPage.join(Browsers.CHROMIUM, node.awaitReady() + "/meeting/9999", "Eve")) {
            openChat(eve);
            awaitTexts(eve, "Ada", "Hello <b>Bob</b>, see https://example.org/a.");
            awaitTexts(eve, "Bob", "Hello Ada!");
            eve.screenshot("chat-after-restart");
        }
    }

    private static void openChat(MeetingPage page) {
        page.await("!document.querySelector('[data-testid=chat]').hidden", "true");
        page.press("chat");
        page.await("document.activeElement.dataset.testid", "chat-text");
    }

    private static void write(MeetingPage page, String text) {
        page.evaluate("document.execCommand('insertText', false, '" + text + "')");
        page.key("Enter");
    }

    /** Waits until the page shows that message of that sender as said. */
    private static void awaitTexts(MeetingPage page, String sender, String text) {
        eventually(PATIENCE, () -> messages(page), found -> found.contains(sender + ": " + text));
    }

    private static List<String> messages(MeetingPage page) {
        List<String> messages = new ArrayList<>();
        page.evaluate("""
                        [...document.querySelectorAll('[data-testid=message][data-state=sent]')].map((one) =>
                          one.querySelector('.said-name').textContent + ': ' + one.querySelector('.said-text').textContent)
                        """).forEach(each -> messages.add(each.asText()));
        return messages;
    }
}
