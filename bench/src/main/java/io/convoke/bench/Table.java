package io.convoke.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A table of figures: what was measured, the figure, and what stands beside it. Prints as Markdown. */
public final class Table {
    private record Row(String what, String figure, String beside) {}

    private final List<Row> rows = new ArrayList<>();

    /** Adds a line. */
    public void add(String what, String figure, String beside) {
        rows.add(new Row(what, figure, beside));
    }

    void print(PrintStream out) {
        int what = width(rows.stream().map(Row::what).toList(), "what");
        int figure = width(rows.stream().map(Row::figure).toList(), "figure");
        int beside = width(rows.stream().map(Row::beside).toList(), "beside it");
        String format = "| %-" + what + "s | %" + figure + "s | %-" + beside + "s |%n";
        out.printf(format, "what", "figure", "beside it");
        out.println("|" + "-".repeat(what + 2) + "|" + "-".repeat(figure + 1) + ":|" + "-".repeat(beside + 2) + "|");
        for (Row row : rows) {
            out.printf(format, row.what(), row.figure(), row.beside());
        }
    }

    private static int width(List<String> cells, String head) {
        return Math.max(
                head.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }
}
