package io.convoke.bench;

import io.convoke.bench.xmpp.XmppServers;
import java.nio.file.Path;
import java.util.List;

/** Measures what is named on the command line, or everything, and prints one table. Started by {@code bench/run}. */
public final class Bench {
    private static final List<String> PARTS = List.of("joins", "calls", "handshakes", "forwarding", "xmpp");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> parts = arguments.length == 0 ? PARTS : List.of(arguments);
        if (!PARTS.containsAll(parts)) {
            System.err.println("Expected some of " + PARTS + ", but found " + parts);
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
                default -> Forwarding.measure(table, work);
            }
        }
        System.out.println(Machine.describe());
        System.out.println();
        table.print(System.out);
        System.exit(0); // clients leave threads behind
    }
}
