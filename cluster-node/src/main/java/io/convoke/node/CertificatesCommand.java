package io.convoke.node;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code convoke certificates}: makes certificates for a core and an edge that trust each other. */
@Command(
        name = "certificates",
        description = "Makes C2W certificates for a core and an edge that trust each other, where they are missing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CertificatesCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write them to.")
    private Path out = Path.of("");

    @Option(
            names = "--core",
            paramLabel = "HOST",
            defaultValue = "localhost,127.0.0.1",
            split = ",",
            description = "Names and addresses of the core (default: ${DEFAULT-VALUE}).")
    private List<String> core = List.of();

    @Option(
            names = "--edge",
            paramLabel = "HOST",
            defaultValue = "localhost,127.0.0.1",
            split = ",",
            description = "Names and addresses under which the core dials the edge (default: ${DEFAULT-VALUE}).")
    private List<String> edge = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws StartFailure {
        C2wFiles.Pair made = C2wFiles.generate(out, core, edge, Instant.now());
        PrintWriter words = spec.commandLine().getOut();
        words.println("For the core: " + made.callbridge().certificate() + " and "
                + made.callbridge().key() + ", trusting " + made.webbridge().certificate());
        words.println("For the edge: " + made.webbridge().certificate() + " and "
                + made.webbridge().key() + ", trusting " + made.callbridge().certificate());
        words.println("A key belongs on its own machine only.");
        return 0;
    }
}
