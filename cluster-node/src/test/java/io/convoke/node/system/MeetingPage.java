package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.node.browser.Browser;
import io.convoke.node.browser.Browsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The web app in one browser, used as a person uses it. */
final class MeetingPage implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("convoke.screenshots", "target/screenshots"));
    static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration SILENCE = Duration.ofMillis(2500);

    /** What arrives from the others: sums over all receiving sections. */
    record Received(long framesDecoded, double audioEnergy, int videos, int audios) {}

    private static final String STATS = """
            (async () => {
              const report = await window.convoke.pc.getStats();
              const sum = { framesDecoded: 0, audioEnergy: 0, videos: 0, audios: 0 };
              report.forEach((each) => {
                if (each.type !== 'inbound-rtp') return;
                if (each.kind === 'video' && each.framesDecoded > 0) { sum.videos++; sum.framesDecoded += each.framesDecoded; }
                if (each.kind === 'audio' && each.totalAudioEnergy > 0) { sum.audios++; sum.audioEnergy += each.totalAudioEnergy; }
              });
              return sum;
            })()
            """;

    /** Everything about what arrives, for a failure's text. */
    private static final String INBOUND =
            "(async () => [...(await window.convoke.pc.getStats()).values()].filter((each) => each.type === 'inbound-rtp'))()";

    private final Browser browser;

    private MeetingPage(Browser browser) {
        this.browser = browser;
    }

    /** Opens the meeting's page and stops before the button is pressed. */
    static MeetingPage open(Browsers kind, String url) {
        Browser browser = kind.start();
        MeetingPage page = new MeetingPage(browser);
        try {
            browser.setWindow(1280, 800);
            page.go(url);
            return page;
        } catch (RuntimeException | AssertionError failure) {
            page.close();
            throw failure;
        }
    }

    /** Opens the page, types the name, presses Join, and waits until media is connected. */
    static MeetingPage join(Browsers kind, String url, String name) {
        MeetingPage page = open(kind, url);
        try {
            page.pressJoin(name);
            page.awaitState("connected");
            return page;
        } catch (RuntimeException | AssertionError failure) {
            page.screenshot("failed-" + name);
            page.close();
            throw failure;
        }
    }

    /** Opens another meeting's page in the same browser. */
    void go(String url) {
        browser.open(url);
        await("!!document.querySelector('[data-testid=join]')", "true");
    }

    void pressJoin(String name) {
        browser.evaluate("""
                (() => {
                  const input = document.querySelector('[data-testid=name]');
                  input.value = '%s';
                  input.dispatchEvent(new Event('input', { bubbles: true }));
                  document.querySelector('[data-testid=join]').click();
                })()
                """.formatted(name));
    }

    void press(String testId) {
        browser.evaluate("document.querySelector('[data-testid=" + testId + "]').click()");
    }

    /** Presses a key where the focus is. */
    void key(String key) {
        browser.press(key);
    }

    /** Types where the focus is. */
    void type(String text) {
        browser.type(text);
    }

    void awaitState(String state) {
        await("window.convoke.state", state);
    }

    /** Waits until the expression's value, as text, is this one. */
    void await(String expression, String value) {
        try {
            eventually(PATIENCE, () -> browser.evaluate(expression).asText(), found -> found.equals(value));
        } catch (AssertionError failure) {
            throw new AssertionError(
                    expression + " did not become " + value + ". The page's console: " + browser.console(), failure);
        }
    }

    Received received() {
        JsonNode sum = browser.evaluate(STATS);
        return new Received(
                sum.path("framesDecoded").asLong(),
                sum.path("audioEnergy").asDouble(),
                sum.path("videos").asInt(),
                sum.path("audios").asInt());
    }

    /** Waits until pictures and sound of so many others have arrived, and go on arriving. */
    Received awaitMediaOf(int others) {
        return awaitMedia(others, others);
    }

    /** The same where fewer send pictures than sound. */
    Received awaitMedia(int pictures, int sounds) {
        try {
            Received first =
                    eventually(PATIENCE, this::received, now -> now.videos() >= pictures && now.audios() >= sounds);
            return eventually(
                    PATIENCE,
                    this::received,
                    now -> now.framesDecoded() > first.framesDecoded() + 10 && now.audioEnergy() > first.audioEnergy());
        } catch (AssertionError failure) {
            screenshot("no-media");
            throw new AssertionError(
                    "Not " + pictures + " pictures and sound of " + sounds + " but " + browser.evaluate(INBOUND)
                            + ". The page's console: " + browser.console(),
                    failure);
        }
    }

    /** Waits until nothing more of one kind arrives: the value stays what it is for longer than a camera or a voice ever pauses. */
    void awaitSilenceOf(ToDoubleFunction<Received> value) {
        double[] last = {Double.NaN};
        long[] since = {System.nanoTime()};
        eventually(PATIENCE, this::received, now -> {
            if (value.applyAsDouble(now) != last[0]) {
                last[0] = value.applyAsDouble(now);
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > SILENCE.toNanos();
        });
    }

    /** What the tile of that person says of them, such as {@code Ada, muted}; its picture, where there is one, is shown or not. */
    record Tile(String label, boolean picture, boolean avatar) {}

    /** Waits until that person's tile is as wished, and shows it. */
    void awaitTile(String name, Predicate<Tile> wished) {
        eventually(PATIENCE, () -> tile(name), wished);
    }

    private Tile tile(String name) {
        JsonNode tile = browser.evaluate("""
                (() => {
                  const named = (one) => one.getAttribute('aria-label').split(',')[0] === '%s';
                  const tile = [...document.querySelectorAll('[data-testid=tile]')].find(named);
                  const seen = (one) => getComputedStyle(one).opacity !== '0' && one.checkVisibility({ visibilityProperty: true });
                  const video = tile.querySelector('video');
                  return {
                    label: tile.getAttribute('aria-label'),
                    picture: seen(video) && video.srcObject !== null && video.videoWidth > 0,
                    avatar: seen(tile.querySelector('.avatar')),
                  };
                })()
                """.formatted(name));
        return new Tile(
                tile.path("label").asText(),
                tile.path("picture").asBoolean(),
                tile.path("avatar").asBoolean());
    }

    /** The names on the stage, one's own with "(you)". */
    List<String> names() {
        JsonNode names = browser.evaluate(
                "[...document.querySelectorAll('[data-testid=tile]')].map(tile => tile.getAttribute('aria-label').split(',')[0]).sort()");
        List<String> list = new java.util.ArrayList<>();
        names.forEach(each -> list.add(each.asText()));
        return list;
    }

    void awaitNames(String... expected) {
        eventually(
                PATIENCE,
                this::names,
                found -> found.equals(
                        java.util.stream.Stream.of(expected).sorted().toList()));
    }

    JsonNode evaluate(String expression) {
        return browser.evaluate(expression);
    }

    void screenshot(String name) {
        browser.screenshot(SCREENSHOTS.resolve(name + ".png"));
    }

    /** Kills the browser: no goodbye, as when a laptop's lid closes. */
    @Override
    public void close() {
        browser.close();
    }
}
