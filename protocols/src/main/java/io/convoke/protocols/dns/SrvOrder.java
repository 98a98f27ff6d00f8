package io.convoke.protocols.dns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The order in which the targets of a service are tried (RFC 2782, "Usage rules"). */
public final class SrvOrder {
    private SrvOrder() {}

    /** By priority; within one by chance, each target first as often as its weight says. */
    public static List<SrvRecord> of(List<SrvRecord> records, RandomGenerator random) {
        TreeMap<Integer, List<SrvRecord>> byPriority = new TreeMap<>();
        for (SrvRecord record : records) {
            byPriority
                    .computeIfAbsent(record.priority(), unseen -> new ArrayList<>())
                    .add(record);
        }
        List<SrvRecord> order = new ArrayList<>();
        for (List<SrvRecord> equals : byPriority.values()) {
            while (!equals.isEmpty()) {
                order.add(equals.remove(chosen(equals, random)));
            }
        }
        return order;
    }

    /** Those without weight stand at the beginning, so that they have a chance, if a small one. */
    private static int chosen(List<SrvRecord> equals, RandomGenerator random) {
        equals.sort(Comparator.comparingInt(record -> record.weight() == 0 ? 0 : 1));
        int sum = equals.stream().mapToInt(SrvRecord::weight).sum();
        int mark = random.nextInt(sum + 1);
        int running = 0;
        for (int i = 0; i < equals.size(); i++) {
            running += equals.get(i).weight();
            if (running >= mark) {
                return i;
            }
        }
        throw new IllegalStateException("Expected the sum of all weights to reach a number below it");
    }
}
