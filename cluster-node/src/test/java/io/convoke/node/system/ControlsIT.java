package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The buttons of a meeting: what one presses in Chromium, the other sees and hears in Firefox, and the other way round. */
class ControlsIT {
    @TempDir
    private static Path data;

    private static NodeProcess node;
    private static String meeting;

    @BeforeAll
    static void startNode() {
        node = NodeProcess.start("controls", "--data", data.toString(), "--http", "0");
        meeting = node.awaitReady() + "/meeting/9999";
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @Test
    void shouldMuteSwitchTheCameraOffShareAScreenAndInvite() {
        Browsers.CHROMIUM.require();
        Browsers.FIREFOX.require();
        try (MeetingPage ada = MeetingPage.join(Browsers.CHROMIUM, meeting, "Ada");
                MeetingPage bob = MeetingPage.join(Browsers.FIREFOX, meeting, "Bob")) {
            ada.awaitMediaOf(1);
            bob.awaitMediaOf(1);

            shouldNotHearWhoIsMuted(ada, "Ada", bob);
            shouldNotShowAFrozenPicture(ada, "Ada", bob);
            shouldNeitherHearNorSee(bob, "Bob", ada);
            shouldShowTheSharedScreen(ada, bob);
            shouldPutTheInvitationOnTheClipboard(ada);
        }
    }

    private static void shouldNotHearWhoIsMuted(MeetingPage one, String name, MeetingPage other) {
        // when
        one.press("mute");

        // then
        other.awaitTile(name, tile -> tile.label().contains("muted"));
        assertThat(facts(other, name)).contains("Muted");
        long frames = other.received().framesDecoded();
        other.awaitSilenceOf(MeetingPage.Received::audioEnergy);
        eventually(MeetingPage.PATIENCE, () -> other.received().framesDecoded(), now -> now > frames);
        other.screenshot("muted-" + name);

        // when
        one.press("mute");

        // then
        other.awaitTile(name, tile -> !tile.label().contains("muted"));
        other.awaitMediaOf(1);
    }

    private static void shouldNotShowAFrozenPicture(MeetingPage one, String name, MeetingPage other) {
        other.awaitTile(name, MeetingPage.Tile::picture);

        // when
        one.press("camera");

        // then
        other.awaitTile(name, tile -> tile.label().contains("camera off") && !tile.picture() && tile.avatar());
        other.awaitSilenceOf(MeetingPage.Received::framesDecoded);
        other.screenshot("camera-off-" + name);

        // when
        one.press("camera");

        // then
        other.awaitTile(name, tile -> !tile.label().contains("camera off") && tile.picture());
        other.awaitMediaOf(1);
    }

    private static void shouldNeitherHearNorSee(MeetingPage one, String name, MeetingPage other) {
        // when
        one.press("mute");
        one.press("camera");

        // then
        other.awaitTile(name, tile -> tile.label().contains("muted, camera off") && tile.avatar());
        other.awaitSilenceOf(received -> received.framesDecoded() + received.audioEnergy());
        one.screenshot("both-off-own");

        // when
        one.press("mute");
        one.press("camera");

        // then
        other.awaitTile(name, MeetingPage.Tile::picture);
        other.awaitMediaOf(1);
    }

    private static void shouldShowTheSharedScreen(MeetingPage one, MeetingPage other) {
        String screens = "[...document.querySelectorAll('[data-testid=screen]')]"
                + ".map(each => each.textContent.trim() + (each.querySelector('video').videoWidth > 0)).join()";

        // when
        one.press("share");

        // then
        other.await(screens, "Ada’s screentrue");
        other.awaitTile("Ada", MeetingPage.Tile::picture);
        one.screenshot("sharing");
        other.screenshot("shared-screen");
        assertThat(facts(other, "Ada")).contains("Sharing screen");

        // when
        one.press("share");

        // then
        other.await(screens, "");
        other.awaitTile("Ada", MeetingPage.Tile::picture);
    }

    private static void shouldPutTheInvitationOnTheClipboard(MeetingPage page) {
        // when
        page.press("copy");

        // then
        page.await("document.querySelector('[data-testid=toast]')?.textContent ?? ''", "Invitation link copied");
        page.press("leave");
        page.awaitState("ended");
        page.evaluate("document.body.append(Object.assign(document.createElement('input'), { id: 'pasted' }))");
        page.evaluate("document.getElementById('pasted').focus()");
        page.key("Control+V");
        page.await("document.getElementById('pasted').value", meeting);
    }

    /** The line under that person's name in the list of people. */
    private static String facts(MeetingPage page, String name) {
        page.press("roster");
        String facts = page.evaluate(
                        "[...document.querySelectorAll('[data-testid=person]')].map(each => each.innerText)"
                                + ".find(each => each.includes('" + name + "'))")
                .asText();
        page.press("roster");
        return facts;
    }
}
