package io.convoke.node;

import java.io.Console;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoke xmpp callbridge add|remove|list}: who may register with the XMPP server of a running cluster, through the API of one of its nodes. */
@Command(
        name = "callbridge",
        description = "Says who may register with Convoke's own XMPP server. Talks to a running node.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false)
final class XmppCallbridgeCommand {
    private static final String PATH = "/api/v1/xmppCallbridges";
    private static final String PASSWORD = "CONVOKE_ADMIN_PASSWORD";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "A core node (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("");

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM certificate to believe an https URL by (default: the authorities that Java knows).")
    private @Nullable Path trust;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "add",
            description = "Lets one register, under a secret that is made up and shown this once.",
            mixinStandardHelpOptions = true)
    int add(@Parameters(paramLabel = "NAME", description = "Its unique name, such as cb2.example.org.") String name)
            throws StartFailure {
        String body = "name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        ApiClient.Answer answer = client().send("POST", PATH, body);
        if (answer.status() != 200) {
            return failed(answer);
        }
        out().println(name + " may register now. Its shared secret, which is shown this once:");
        out().println(answer.text("sharedSecret"));
        return 0;
    }

    @Command(name = "remove", description = "Lets one register no more.", mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "NAME", description = "Its unique name.") String name) throws StartFailure {
        ApiClient.Answer answer =
                client().send("DELETE", PATH + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8), "");
        if (answer.status() != 200) {
            return failed(answer);
        }
        out().println(name + " may register no more.");
        return 0;
    }

    @Command(name = "list", description = "Lists who may register.", mixinStandardHelpOptions = true)
    int list() throws StartFailure {
        ApiClient client = client();
        int seen = 0;
        while (true) {
            ApiClient.Answer answer = client.send("GET", PATH + "?offset=" + seen, "");
            if (answer.status() != 200) {
                return failed(answer);
            }
            var names = answer.texts("xmppCallbridges", "name");
            names.forEach(out()::println);
            seen += names.size();
            if (names.isEmpty() || seen >= answer.number("total")) {
                return 0;
            }
        }
    }

    private ApiClient client() throws StartFailure {
        return ApiClient.of(url, password(), trust);
    }

    // From JDK 22 on there always is a console; where it is no terminal it has nothing to read.
    @SuppressWarnings("SystemConsoleNull")
    private static String password() throws StartFailure {
        String known = System.getenv(PASSWORD);
        if (known != null && !known.isEmpty()) {
            return known;
        }
        Console console = System.console();
        return Optional.ofNullable(console == null ? null : console.readPassword("Password of admin: "))
                .map(String::new)
                .orElseThrow(() -> new StartFailure("Set " + PASSWORD + " to the administrator's password."));
    }

    private int failed(ApiClient.Answer answer) {
        spec.commandLine().getErr().println("convoke: " + answer.words());
        return 1;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
