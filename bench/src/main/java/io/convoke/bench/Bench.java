package io.convoke.bench;

import io.convoke.bench.turn.TurnServers;
import io.convoke.bench.xmpp.XmppServers;
import java.nio.file.Path;
import java.util.List;

/** Measures what is named on the command line, or everything, and prints one table. Started by {@code bench/run}. */
public final class Bench {
    private static final List<String> PARTS = List.of("joins", "calls", "handshakes", "forwarding", "xmpp", "turn");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> parts = arguments.length == 0 ? PARTS : List.of(arguments);
        if (!parts.stream().allMatch(part -> PARTS.contains(part) || TurnServers.PARTS.contains(part))) {
            System.err.println("Expected some of " + PARTS + " or " + TurnServers.PARTS + ", but found " + parts);
            System.exit(2);
        }
        Path work = Path.of(System.getProperty("convoke.bench.work"));
        Table table = new Table();
        for (String part : parts) {
            System.err.println("Measuring " + part + " …");
            switch (part) {
                case "joins" -> Joins.measure(table, work);
                case "calls" -> Calls.measure(table, work);
                case "handshakes" -> Handshakes.measure(table);
                case "xmpp" -> XmppServers.measure(table, work);
                case "forwarding" -> Forwarding.measure(table, work);
                default -> TurnServers.measure(table, work, part);
            }
        }
        System.out.println(Machine.describe());
        System.out.println();
        table.print(System.out);
        System.exit(0); // clients leave threads behind
    }
}
