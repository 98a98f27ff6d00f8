package io.convoke.actors.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.Jid;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OccupantsTest {
    private final Occupants occupants = new Occupants();
    private final Person ana = new Person(UUID.randomUUID(), "Ana");
    private final Person other = new Person(UUID.randomUUID(), "ana");
    private final Person nameless = new Person(UUID.randomUUID(), "\u0000 ");

    @Test
    void shouldGiveEachParticipantANickOfItsOwn() {
        // when
        Occupants.Change change = occupants.roster(List.of(ana, other, nameless));

        // then
        assertThat(change.came()).containsExactly("Ana", "ana (2)", "Guest");
        assertThat(occupants.nick(other.participant())).isEqualTo("ana (2)");
    }

    @Test
    void shouldKeepNicksWhenOthersLeave() {
        // given
        occupants.roster(List.of(ana, other));

        // when
        Occupants.Change change = occupants.roster(List.of(other));

        // then
        assertThat(change.left()).containsExactly("Ana");
        assertThat(change.came()).isEmpty();
        assertThat(occupants.nick(other.participant())).isEqualTo("ana (2)");
        assertThat(occupants.roster(List.of(other))).isEqualTo(new Occupants.Change(List.of(), List.of()));
    }

    @Test
    void shouldNotGiveAParticipantTheNickOfAnXmppOccupant() {
        // given
        Jid address = Jid.parse("ana@example.org/x").orElseThrow();
        occupants.put(new Occupant("Ana", address, address.bare(), List.of()));

        // then
        assertThat(occupants.roster(List.of(ana)).came()).containsExactly("Ana (2)");
    }
}
