package io.convoke.node.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Firefox, driven by WebDriver BiDi. */
final class FirefoxBrowser implements Browser {
    /** Off the network, without questions, with fake devices. {@code dns.forceResolve}: without it, queries leave the machine. */
    private static final String PREFERENCES = """
            user_pref("media.navigator.streams.fake", true);
            user_pref("media.navigator.permission.disabled", true);
            user_pref("media.autoplay.default", 0);
            user_pref("media.peerconnection.ice.loopback", true);
            user_pref("media.gmp-gmpopenh264.enabled", false);
            user_pref("media.gmp-manager.updateEnabled", false);
            user_pref("media.volume_scale", "0.0");
            user_pref("network.dns.forceResolve", "127.0.0.1");
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("network.prefetch-next", false);
            user_pref("network.trr.mode", 5);
            user_pref("app.update.enabled", false);
            user_pref("app.update.auto", false);
            user_pref("app.normandy.enabled", false);
            user_pref("browser.search.update", false);
            user_pref("browser.safebrowsing.malware.enabled", false);
            user_pref("browser.safebrowsing.phishing.enabled", false);
            user_pref("browser.safebrowsing.downloads.enabled", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("browser.aboutwelcome.enabled", false);
            user_pref("browser.region.update.enabled", false);
            user_pref("browser.topsites.contile.enabled", false);
            user_pref("browser.newtabpage.enabled", false);
            user_pref("extensions.update.enabled", false);
            user_pref("extensions.systemAddon.update.enabled", false);
            user_pref("extensions.getAddons.cache.enabled", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("datareporting.healthreport.uploadEnabled", false);
            user_pref("toolkit.telemetry.enabled", false);
            user_pref("toolkit.telemetry.server", "");
            user_pref("services.settings.server", "data:,none");
            user_pref("dom.push.connection.enabled", false);
            user_pref("dom.min_background_timeout_value", 4);
            user_pref("dom.timeout.enable_budget_timer_throttling", false);
            """;

    private final BrowserProcess process;
    private final RemoteControl control;
    private final String context;
    private final List<String> console = new CopyOnWriteArrayList<>();

    private FirefoxBrowser(BrowserProcess process, String address) {
        this.process = process;
        this.control = new RemoteControl(address, this::heard);
        ObjectNode always = RemoteControl.object().put("acceptInsecureCerts", true);
        ObjectNode wanted = RemoteControl.object();
        wanted.set("capabilities", RemoteControl.object().set("alwaysMatch", always));
        control.command("session.new", wanted);
        ObjectNode events = RemoteControl.object();
        events.putArray("events").add("log.entryAdded");
        control.command("session.subscribe", events);
        this.context = control.command("browsingContext.getTree", RemoteControl.object())
                .path("contexts")
                .path(0)
                .path("context")
                .asText();
    }

    static Browser start(Path program) {
        Path profile = BrowserProcess.newProfile("firefox");
        try {
            Files.writeString(profile.resolve("user.js"), PREFERENCES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        BrowserProcess process = BrowserProcess.start(
                List.of(
                        program.toString(),
                        "--headless",
                        "--no-remote",
                        "--remote-debugging-port=0",
                        "--profile",
                        profile.toString(),
                        "--width=1280",
                        "--height=800",
                        "about:blank"),
                profile);
        try {
            return new FirefoxBrowser(process, process.address() + "/session");
        } catch (RuntimeException failure) {
            process.close();
            throw failure;
        }
    }

    @Override
    public void open(String url) {
        control.command("browsingContext.navigate", inContext().put("url", url).put("wait", "complete"));
    }

    @Override
    public JsonNode evaluate(String expression) {
        ObjectNode parameters = RemoteControl.object()
                .put("expression", "(async () => JSON.stringify((await (" + expression + ")) ?? null))()")
                .put("awaitPromise", true)
                .put("userActivation", true);
        parameters.set("target", inContext());
        JsonNode answer = control.command("script.evaluate", parameters);
        if (!answer.path("type").asText().equals("success")) {
            throw new BrowserFailure(expression + " threw " + answer.path("exceptionDetails") + console);
        }
        return RemoteControl.parse(answer.path("result").path("value").asText());
    }

    @Override
    public void press(String key) {
        List<String> keys = KeyPress.of(key).webDriver();
        ObjectNode keyboard = RemoteControl.object().put("type", "key").put("id", "keyboard");
        ArrayNode actions = keyboard.putArray("actions");
        keys.forEach(each -> actions.addObject().put("type", "keyDown").put("value", each));
        keys.forEach(each -> actions.addObject().put("type", "keyUp").put("value", each));
        ObjectNode parameters = inContext();
        parameters.putArray("actions").add(keyboard);
        control.command("input.performActions", parameters);
    }

    @Override
    public void screenshot(Path file) {
        JsonNode answer = control.command("browsingContext.captureScreenshot", inContext());
        ChromiumBrowser.write(file, answer.path("data").asText());
    }

    @Override
    public void setWindow(int width, int height) {
        ObjectNode parameters = inContext();
        parameters.set("viewport", RemoteControl.object().put("width", width).put("height", height));
        control.command("browsingContext.setViewport", parameters);
    }

    @Override
    public List<String> console() {
        return List.copyOf(console);
    }

    private ObjectNode inContext() {
        return RemoteControl.object().put("context", context);
    }

    private void heard(JsonNode event) {
        if (event.path("method").asText().equals("log.entryAdded")) {
            JsonNode entry = event.path("params");
            console.add(entry.path("level").asText() + " " + entry.path("text").asText());
        }
    }

    @Override
    public void close() {
        control.close();
        process.close();
    }
}
