package io.convoke.bench.turn;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one line: {@code packets=812345 seconds=2.001}. */
record Figures(Map<String, Double> values) {
    Figures {
        values = Map.copyOf(values);
    }

    static Figures of(String line) {
        return new Figures(Arrays.stream(line.trim().split(" ", -1))
                .map(figure -> figure.split("=", 2))
                .collect(Collectors.toMap(figure -> figure[0], figure -> Double.valueOf(figure[1]))));
    }

    /** @throws IllegalStateException if the line has no such figure */
    double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("Expected a figure named " + name + ", but found " + values.keySet());
        }
        return value;
    }
}
