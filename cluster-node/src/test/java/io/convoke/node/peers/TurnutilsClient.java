package io.convoke.node.peers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** coturn's {@code turnutils_uclient} at work: allocates in pairs, sends numbered messages to a peer that returns them, and counts what comes back. */
public final class TurnutilsClient implements AutoCloseable {
    private static final Pattern COUNTED = Pattern.compile("tot_send_msgs=(\\d+), tot_recv_msgs=(\\d+)$");
    private static final Pattern LOST = Pattern.compile("Total lost packets (\\d+) .* total send dropped (\\d+) ");

    private final PeerProcess process;

    /** How it ended. It says 0 even when everything was lost. */
    public record Outcome(int exit, long sent, long received, long lost, long dropped, List<String> lines) {}

    private TurnutilsClient(PeerProcess process) {
        this.process = process;
    }

    /** Skips the test, or fails it under {@code CI=true}, where coturn's programs are missing. */
    public static void require() {
        Programs.require("turnutils_uclient", "coturn");
    }

    /** Starts it with these arguments. */
    public static TurnutilsClient start(Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Programs.require("turnutils_uclient", "coturn").toString());
        command.addAll(arguments);
        return new TurnutilsClient(PeerProcess.start("turnutils_uclient", folder, Map.of(), command));
    }

    /** Waits until it ends. What it never came to count is -1. */
    public Outcome await(Duration bound) {
        int exit = process.exit(bound);
        List<String> lines = process.awaitOutput();
        return new Outcome(
                exit,
                last(COUNTED, 1, lines),
                last(COUNTED, 2, lines),
                last(LOST, 1, lines),
                last(LOST, 2, lines),
                lines);
    }

    private static long last(Pattern pattern, int group, List<String> lines) {
        long found = -1;
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                found = Long.parseLong(matcher.group(group));
            }
        }
        return found;
    }

    @Override
    public void close() {
        process.close();
    }
}
