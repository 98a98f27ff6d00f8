package io.convoke.node;

import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.SettingsFailure;
import io.convoke.node.settings.SettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convoke run}: starts a node and returns when it has stopped. */
@Command(
        name = "run",
        description = "Starts a node and runs until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings (default: conf/convoke.conf).")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for the database, certificates and keys (default: the setting convoke.node.data).")
    private @Nullable Path data;

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description = "Port of the web app and the API; 0 = any free one (default: the setting convoke.http.port).")
    private @Nullable Integer httpPort;

    @Override
    public Integer call() throws SettingsFailure, StartFailure {
        Path home = Path.of(System.getProperty("convoke.home", "")).toAbsolutePath();
        NodeSettings settings = SettingsFile.read(configuration(home), overrides(), home);
        NodeStart.start(settings).awaitTermination();
        return 0;
    }

    private @Nullable Path configuration(Path home) {
        if (config != null) {
            return config;
        }
        Path usual = home.resolve("conf/convoke.conf");
        return Files.exists(usual) ? usual : null;
    }

    private Map<String, Object> overrides() {
        Map<String, Object> overrides = new HashMap<>();
        if (data != null) {
            overrides.put("convoke.node.data", data.toAbsolutePath().toString());
        }
        if (httpPort != null) {
            overrides.put("convoke.http.port", httpPort);
        }
        return overrides;
    }
}
