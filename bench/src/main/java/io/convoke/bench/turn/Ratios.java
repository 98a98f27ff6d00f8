package io.convoke.bench.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Figures of several rounds, as one. */
final class Ratios {
    private Ratios() {}

    /** The middle one, or the mean of the two in the middle. */
    static double median(List<Double> figures) {
        List<Double> sorted = new ArrayList<>(figures);
        sorted.sort(null);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The median of the ratios of figures taken in the same round. */
    static double ratio(List<Double> figures, List<Double> to) {
        return median(IntStream.range(0, figures.size())
                .mapToObj(round -> figures.get(round) / to.get(round))
                .toList());
    }
}
