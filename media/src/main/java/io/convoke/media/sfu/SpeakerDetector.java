package io.convoke.media.sfu;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is audible in one conference, loudest first. Evaluated at a fixed pace; hysteresis in three places keeps the list calm: it takes more
 * to begin speaking than to go on, several quiet evaluations to stop, and a clear difference to overtake somebody.
 */
final class SpeakerDetector {
    /** The pace the constants are made for. */
    static final long PERIOD_NANOS = 200_000_000;

    static final int BEGIN_LOUDNESS = 127 - 55; // louder than −55 dBov
    static final int GO_ON_LOUDNESS = 127 - 65;
    static final int EVALUATIONS_TO_BEGIN = 2;
    static final int EVALUATIONS_TO_STOP = 5;
    static final int OVERTAKE_DB = 6;

    private final List<Talker> order = new ArrayList<>();
    private List<UUID> told = List.of();

    /** The new list, or null when it is as before. */
    @Nullable
    List<UUID> evaluate(Collection<Talker> talkers) {
        for (Talker talker : talkers) {
            talker.settle();
            decide(talker);
            if (talker.speaking && !order.contains(talker)) {
                order.add(talker);
            }
        }
        order.removeIf(talker -> !talker.speaking || !talkers.contains(talker));
        overtake();
        List<UUID> now = order.stream().map(talker -> talker.participant).toList();
        if (now.equals(told)) {
            return null;
        }
        told = now;
        return now;
    }

    private static void decide(Talker talker) {
        boolean audible = talker.loudness >= (talker.speaking ? GO_ON_LOUDNESS : BEGIN_LOUDNESS);
        if (audible == talker.speaking) {
            talker.evaluationsOtherwise = 0;
            return;
        }
        talker.evaluationsOtherwise++;
        if (talker.evaluationsOtherwise >= (talker.speaking ? EVALUATIONS_TO_STOP : EVALUATIONS_TO_BEGIN)) {
            talker.speaking = !talker.speaking;
            talker.evaluationsOtherwise = 0;
        }
    }

    /** Insertion sort that swaps neighbours only over a clear difference, so equal voices keep their places. */
    private void overtake() {
        for (int i = 1; i < order.size(); i++) {
            for (int j = i; j > 0 && order.get(j).loudness > order.get(j - 1).loudness + OVERTAKE_DB; j--) {
                Talker louder = order.set(j, order.get(j - 1));
                order.set(j - 1, louder);
            }
        }
    }
}
