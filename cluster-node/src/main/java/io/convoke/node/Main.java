package io.convoke.node;

import io.convoke.node.settings.SettingsFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program's entry. Exit codes: 0 stopped in order, 1 could not start, 2 wrong command line. */
@Command(
        name = "convoke",
        description = "Meetings in the browser, on your own machine.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, CertificatesCommand.class, XmppCommand.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Main())
                .setErr(errors)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, errors))
                .setParameterExceptionHandler(Main::misused);
        System.exit(line.execute(arguments));
    }

    private static int misused(ParameterException failure, String[] arguments) {
        PrintWriter errors = failure.getCommandLine().getErr();
        errors.println("convoke: " + failure.getMessage() + ". See ./convoke --help.");
        return 2;
    }

    private static int failed(Exception failure, PrintWriter errors) {
        if (failure instanceof SettingsFailure || failure instanceof StartFailure) {
            errors.println("convoke: " + failure.getMessage());
        } else {
            errors.println("convoke: the start failed in a way nobody foresaw; please report it.");
            failure.printStackTrace(errors);
        }
        return 1;
    }
}
