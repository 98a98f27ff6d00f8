package io.convoke.media.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotAssignmentTest {
    @Test
    void shouldFillFreeSlotsInJoinOrder() {
        // given
        String[] slots = new String[2];

        // when
        boolean changed = SlotAssignment.assign(slots, List.of("anna", "ben", "carl"));

        // then
        assertThat(changed).isTrue();
        assertThat(slots).containsExactly("anna", "ben");
    }

    @Test
    void shouldKeepAStreamWhereItIsWhenOthersLeave() {
        // given
        String[] slots = {"anna", "ben", "carl"};

        // when
        SlotAssignment.assign(slots, List.of("carl"));

        // then
        assertThat(slots).containsExactly(null, null, "carl");
    }

    @Test
    void shouldGiveAFreedSlotToTheNextWaiting() {
        // given
        String[] slots = {"anna", "ben"};

        // when
        boolean changed = SlotAssignment.assign(slots, List.of("ben", "carl", "dora"));

        // then
        assertThat(changed).isTrue();
        assertThat(slots).containsExactly("carl", "ben");
    }

    @Test
    void shouldTellThatNothingChanged() {
        // given
        String[] slots = {"anna", null};

        // when
        boolean changed = SlotAssignment.assign(slots, List.of("anna"));

        // then
        assertThat(changed).isFalse();
    }
}
