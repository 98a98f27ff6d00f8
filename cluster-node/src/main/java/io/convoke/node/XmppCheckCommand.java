package io.convoke.node;

import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.SettingsFailure;
import io.convoke.node.settings.SettingsFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convoke xmpp check}: walks the twelve steps by itself, stops at the one that fails, and changes nothing. Exit code 1: a step failed. */
@Command(
        name = "check",
        description =
                "Walks the twelve steps from the callbridge's configuration to its registration, and stops at the one that fails.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class XmppCheckCommand implements Callable<Integer> {
    private static final String SECRET = "CONVOKE_XMPP_SECRET";

    @Option(names = "--config", paramLabel = "FILE", description = "Settings (default: conf/convoke.conf).")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the node whose configuration is checked (default: the setting convoke.node.data).")
    private @Nullable Path data;

    @Option(names = "--server", paramLabel = "HOST[:PORT]", description = "Instead of the configured server address.")
    private @Nullable String server;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "Instead of the configured XMPP domain.")
    private @Nullable String domain;

    @Option(names = "--unique-name", paramLabel = "NAME", description = "Instead of the configured unique name.")
    private @Nullable String uniqueName;

    @Option(
            names = "--resolver",
            paramLabel = "HOST:PORT",
            description = "Name server (default: the setting convoke.xmpp.callbridge.resolver).")
    private @Nullable String resolver;

    @Option(names = "--plain-tcp", description = "Without TLS, for the server of --server.")
    private boolean plainTcp;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws SettingsFailure, StartFailure, InterruptedException {
        Path home = Path.of(System.getProperty("convoke.home", "")).toAbsolutePath();
        NodeSettings settings = SettingsFile.read(configuration(home), overrides(), home);
        String secret = System.getenv(SECRET);
        XmppCheck check = new XmppCheck(
                settings, new XmppCheck.Wanted(uniqueName, domain, secret == null ? "" : secret, server, plainTcp));
        CheckOutcome report = check.run();
        PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(out::println);
        out.flush();
        return report.isGood() ? 0 : 1;
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
        if (resolver != null) {
            overrides.put("convoke.xmpp.callbridge.resolver", resolver);
        }
        if (plainTcp && server != null) {
            overrides.put("convoke.xmpp.callbridge.plain-tcp", List.of(server));
        }
        return overrides;
    }
}
