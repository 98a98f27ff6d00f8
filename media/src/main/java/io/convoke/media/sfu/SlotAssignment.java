package io.convoke.media.sfu;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which stream is on which of one client's slots of one kind. A slot keeps its stream until that ends, and then takes the next one that
 * waits; streams wait in the order in which their participants joined.
 */
final class SlotAssignment {
    private SlotAssignment() {}

    /**
     * Changes {@code slots} (in the order of the client's media sections; null where free) to fit {@code streams}: all streams of the
     * other participants, in join order. Returns whether anything changed.
     */
    static <S> boolean assign(@Nullable S[] slots, List<S> streams) {
        boolean changed = false;
        for (int i = 0; i < slots.length; i++) {
            S stream = slots[i];
            if (stream != null && !streams.contains(stream)) {
                slots[i] = null;
                changed = true;
            }
        }
        int free = 0;
        for (S stream : streams) {
            if (indexOf(slots, stream) >= 0) {
                continue;
            }
            while (free < slots.length && slots[free] != null) {
                free++;
            }
            if (free == slots.length) {
                break;
            }
            slots[free] = stream;
            changed = true;
        }
        return changed;
    }

    private static <S> int indexOf(@Nullable S[] slots, S stream) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == stream) {
                return i;
            }
        }
        return -1;
    }
}
