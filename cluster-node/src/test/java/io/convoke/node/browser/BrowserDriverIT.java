package io.convoke.node.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The drivers themselves, against a page without Convoke: when this fails, a meeting's test need not be looked at. */
class BrowserDriverIT {
    private static final String PAGE = "<!doctype html><title>Hello</title><body style='background:#0a7'><h1>Hello</h1>"
            + "<script>console.log('page says', 42)</script>";

    @ParameterizedTest
    @EnumSource(Browsers.class)
    void shouldDriveTheBrowserWithItsFakeDevices(Browsers kind, @TempDir Path folder) throws Exception {
        try (StaticPage page = new StaticPage(PAGE);
                Browser browser = kind.start()) {
            // given
            browser.setWindow(390, 700);

            // when
            browser.open(page.url());

            // then
            assertThat(browser.evaluate("document.title").asText()).isEqualTo("Hello");
            assertThat(browser.evaluate("Promise.resolve({width: innerWidth})")
                            .path("width")
                            .asInt())
                    .isEqualTo(390);
            assertThat(browser.console()).anyMatch(line -> line.contains("page says 42"));
            assertThatExceptionOfType(BrowserFailure.class)
                    .isThrownBy(() -> browser.evaluate("Promise.reject(new Error('no luck'))"))
                    .withMessageContaining("no luck");

            JsonNode tracks = browser.evaluate("navigator.mediaDevices.getUserMedia({audio: true, video: true})"
                    + ".then(stream => stream.getTracks().map(track => track.kind).sort())");
            assertThat(tracks.toString()).isEqualTo("[\"audio\",\"video\"]");

            browser.screenshot(folder.resolve("page.png"));
            assertThat(ImageIO.read(folder.resolve("page.png").toFile()).getWidth())
                    .isEqualTo(390);
        }
    }
}
