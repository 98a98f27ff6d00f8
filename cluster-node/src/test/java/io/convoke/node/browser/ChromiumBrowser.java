package io.convoke.node.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Chromium, driven by the DevTools protocol. */
final class ChromiumBrowser implements Browser {
    /** Off the network, without questions, with fake devices. One {@code --disable-features} only: a second one would undo the first. */
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--remote-debugging-port=0",
            // Two cameras to choose from; a shared screen is fake as well.
            "--use-fake-device-for-media-stream=device-count=2,display-media-type=monitor",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection",
            "--ignore-certificate-errors",
            "--disable-background-networking",
            "--disable-background-timer-throttling",
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
            "--disable-component-update",
            "--disable-domain-reliability",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
            "--disable-sync",
            "--disable-quic",
            "--no-first-run",
            "--no-default-browser-check",
            "--no-pings",
            "--mute-audio",
            "--window-size=1280,800",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE 10.99.0.1");

    private final BrowserProcess process;
    private final RemoteControl page;
    private final List<String> console = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

    private ChromiumBrowser(BrowserProcess process, String pageAddress) {
        this.process = process;
        this.page = new RemoteControl(pageAddress, this::heard);
        page.command("Page.enable", RemoteControl.object());
        page.command("Runtime.enable", RemoteControl.object());
        page.command("Log.enable", RemoteControl.object());
        // Without the focus a page may not write to the clipboard.
        page.command(
                "Emulation.setFocusEmulationEnabled", RemoteControl.object().put("enabled", true));
    }

    static Browser start(Path program) {
        Path profile = BrowserProcess.newProfile("chromium");
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(FLAGS);
        command.add("--user-data-dir=" + profile);
        command.add("about:blank");
        BrowserProcess process = BrowserProcess.start(command, profile);
        try {
            URI browser = URI.create(process.address());
            return new ChromiumBrowser(process, firstPage(browser.getHost() + ":" + browser.getPort()));
        } catch (RuntimeException failure) {
            process.close();
            throw failure;
        }
    }

    private static String firstPage(String authority) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + "/json/new?about:blank"))
                .method("PUT", HttpRequest.BodyPublishers.noBody())
                .build();
        String answer = HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofString())
                .orTimeout(20, TimeUnit.SECONDS)
                .join()
                .body();
        return RemoteControl.parse(answer).path("webSocketDebuggerUrl").asText();
    }

    @Override
    public void open(String url) {
        CompletableFuture<Void> thisLoad = new CompletableFuture<>();
        loaded = thisLoad;
        JsonNode answer = page.command("Page.navigate", RemoteControl.object().put("url", url));
        if (answer.hasNonNull("errorText")) {
            throw new BrowserFailure(
                    "Cannot open " + url + ": " + answer.path("errorText").asText());
        }
        thisLoad.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public JsonNode evaluate(String expression) {
        JsonNode answer = page.command(
                "Runtime.evaluate",
                RemoteControl.object()
                        .put("expression", "(async () => JSON.stringify((await (" + expression + ")) ?? null))()")
                        .put("awaitPromise", true)
                        .put("userGesture", true)
                        .put("returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new BrowserFailure(expression + " threw " + answer.path("exceptionDetails") + console);
        }
        return RemoteControl.parse(answer.path("result").path("value").asText());
    }

    @Override
    public void press(String key) {
        KeyPress press = KeyPress.of(key);
        ObjectNode event = RemoteControl.object()
                .put("type", "keyDown")
                .put("key", press.name())
                .put("modifiers", press.modifiers())
                .put("windowsVirtualKeyCode", press.code());
        if (press.text() != null) {
            event.put("text", press.text());
        }
        if (key.equals("Control+V")) {
            // The window system's part, which a page without a window lacks.
            event.putArray("commands").add("paste");
        }
        page.command("Input.dispatchKeyEvent", event);
        event.remove(List.of("text", "commands"));
        page.command("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }

    @Override
    public void screenshot(Path file) {
        JsonNode answer =
                page.command("Page.captureScreenshot", RemoteControl.object().put("format", "png"));
        write(file, answer.path("data").asText());
    }

    static void write(Path file, String base64) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(base64));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void setWindow(int width, int height) {
        page.command(
                "Emulation.setDeviceMetricsOverride",
                RemoteControl.object()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    @Override
    public List<String> console() {
        return List.copyOf(console);
    }

    private void heard(JsonNode event) {
        JsonNode parameters = event.path("params");
        switch (event.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.consoleAPICalled" -> {
                StringBuilder line = new StringBuilder(parameters.path("type").asText());
                parameters.path("args").forEach(argument -> line.append(' ').append(worded(argument)));
                console.add(line.toString());
            }
            case "Runtime.exceptionThrown" ->
                console.add(
                        "uncaught " + worded(parameters.path("exceptionDetails").path("exception")));
            case "Log.entryAdded" ->
                console.add(parameters.path("entry").path("level").asText() + " "
                        + parameters.path("entry").path("text").asText() + " "
                        + parameters.path("entry").path("url").asText());
            default -> {
                // Only the console and the end of a load matter here.
            }
        }
    }

    private static String worded(JsonNode value) {
        return value.has("value")
                ? value.path("value").asText()
                : value.path("description").asText();
    }

    @Override
    public void close() {
        page.close();
        process.close();
    }
}
