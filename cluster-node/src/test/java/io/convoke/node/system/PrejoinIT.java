package io.convoke.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page before the meeting: by keyboard alone, with a choice of devices, and with a join that is refused. */
class PrejoinIT {
    private static final String CODE = "document.querySelector('form [data-testid=error]')?.dataset.code ?? ''";
    private static final String WORDS = "document.querySelector('form [data-testid=error]')?.innerText ?? ''";
    private static final String FOCUS = "(() => { const it = document.activeElement;"
            + " return it.dataset.testid ?? it.getAttribute('href') ?? it.tagName; })()";
    private static final String DEVICES_LISTED = "document.querySelector('[data-testid=picker-camera]').value !== ''";
    private static final String CAMERA =
            "window.convoke.pc.getSenders().map(each => each.track).find(each => each?.kind === 'video')?.label ?? ''";

    @TempDir
    private static Path folder;

    private static NodeProcess node;
    private static String origin;

    @BeforeAll
    static void startNode() {
        Path file = Configuration.write(folder, "prejoin", "convoke.conf", """
                convoke.spaces = [
                  { name = "Board", call-id = "1111", passcode = "4242" }
                  { name = "Closed", call-id = "2222", locked = true }
                  { name = "Booth", call-id = "3333", participant-limit = 1 }
                ]
                """);
        node = NodeProcess.start(
                "prejoin",
                "--config",
                file.toString(),
                "--http",
                "0",
                "--data",
                folder.resolve("data").toString());
        origin = node.awaitReady();
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(Browsers.class)
    void shouldJoinAndLeaveByKeyboardAlone(Browsers kind) {
        try (MeetingPage page = MeetingPage.open(kind, origin + "/meeting/9999")) {
            // given: the focus waits in the field for the name
            page.await(DEVICES_LISTED, "true");
            page.await(FOCUS, "name");

            // when: back to the first button of the preview, and forth
            walk(page, "Shift+Tab", "mute");
            List<String> order = walk(page, "Tab", "join");

            // then
            assertThat(order).containsSubsequence("camera", "picker-camera", "picker-mic", "name", "join");

            // when
            page.key("Shift+Tab");
            page.type("Grace");
            page.key("Enter");

            // then
            page.awaitState("connected");
            page.awaitNames("Grace (you)");

            // when
            page.key("m");
            page.awaitTile("Grace (you)", tile -> tile.label().contains("muted"));
            page.key("Shift+L");

            // then
            page.awaitState("ended");
            page.await(FOCUS, "rejoin");
            if (kind == Browsers.CHROMIUM) {
                // Firefox presses no button for a key while its window, which there is none of, lacks the focus.
                page.key("Enter");
                page.awaitState("connected");
                page.awaitNames("Grace (you)");
            }
        }
    }

    @Test
    void shouldSayWhyAndKeepTheName() throws Exception {
        try (MeetingPage page = MeetingPage.open(Browsers.CHROMIUM, origin + "/meeting/1111")) {
            // a passcode: needed, wrong, right
            page.pressJoin("Ada");
            assertRefused(page, "passcodeNeeded", "This meeting needs a passcode");
            page.screenshot("passcode-needed");
            page.await(FOCUS, "passcode");
            page.type("0000");
            page.key("Enter");
            assertRefused(page, "wrongPasscode", "That passcode doesn’t match");
            page.screenshot("wrong-passcode");
            page.type("4242");
            page.key("Enter");
            page.awaitState("connected");
            page.press("leave");
            page.awaitState("ended");

            // locked
            page.go(origin + "/meeting/2222");
            page.key("Enter");
            assertRefused(page, "locked", "The meeting is locked");
            page.screenshot("locked");

            // full
            try (ClientSession first = ClientSession.join(origin, "First", "3333")) {
                page.go(origin + "/meeting/3333");
                page.key("Enter");
                assertRefused(page, "full", "The meeting is full");
                page.screenshot("full");
                first.send("{\"type\":\"leave\"}");
                first.await("ended");
            }

            // and not full any more
            page.press("join");
            page.awaitState("connected");
            page.awaitNames("Ada (you)");
        }
    }

    @Test
    void shouldSwitchDevicesBeforeTheMeetingAndInIt() {
        try (MeetingPage page = MeetingPage.open(Browsers.CHROMIUM, origin + "/meeting/9999")) {
            // given
            page.await(DEVICES_LISTED, "true");
            List<String> cameras = options(page, "picker-camera");
            assertThat(cameras).hasSize(2).doesNotHaveDuplicates();
            assertThat(options(page, "picker-mic")).hasSizeGreaterThan(1);
            assertThat(options(page, "picker-speaker")).isNotEmpty();

            // when
            choose(page, "picker-camera", 1);

            // then
            page.await("document.querySelector('video').srcObject?.getTracks()[0].label ?? ''", cameras.get(1));
            page.pressJoin("Ada");
            page.awaitState("connected");
            page.await(CAMERA, cameras.get(1));

            // when
            page.press("settings");
            page.await("document.querySelector('dialog [data-testid=picker-camera]')?.selectedIndex ?? -1", "1");
            page.screenshot("devices");
            choose(page, "picker-camera", 0);

            // then
            page.await(CAMERA, cameras.get(0));
            long frames = framesSent(page);
            Eventually.eventually(MeetingPage.PATIENCE, () -> framesSent(page), now -> now > frames + 10);
        }
    }

    /** Presses the key until the focus is there; answers what it was on meanwhile. */
    private static List<String> walk(MeetingPage page, String key, String end) {
        List<String> order = new ArrayList<>();
        do {
            page.key(key);
            order.add(page.evaluate(FOCUS).asText());
            assertThat(order).hasSizeLessThan(20);
        } while (!order.get(order.size() - 1).equals(end));
        return order;
    }

    private static void assertRefused(MeetingPage page, String code, String title) {
        page.await(CODE, code);
        assertThat(page.evaluate(WORDS).asText()).startsWith(title);
        assertThat(page.evaluate("document.querySelector('[data-testid=name]').value")
                        .asText())
                .isEqualTo("Ada");
    }

    private static List<String> options(MeetingPage page, String picker) {
        List<String> labels = new ArrayList<>();
        for (JsonNode label : page.evaluate(
                "[...document.querySelector('[data-testid=" + picker + "]').options].map(o => o.label)")) {
            labels.add(label.asText());
        }
        return labels;
    }

    private static void choose(MeetingPage page, String picker, int at) {
        page.evaluate("""
                (() => {
                  const select = document.querySelector('[data-testid=%s]');
                  select.selectedIndex = %d;
                  select.dispatchEvent(new Event('change', { bubbles: true }));
                })()
                """.formatted(picker, at));
    }

    private static long framesSent(MeetingPage page) {
        return page.evaluate("(async () => [...(await window.convoke.pc.getStats()).values()]"
                        + ".find(each => each.type === 'outbound-rtp' && each.kind === 'video')?.framesEncoded ?? 0)()")
                .asLong();
    }
}
