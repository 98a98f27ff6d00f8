package io.convoke.actors.webbridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JoinFormRuleTest {
    @Test
    void shouldTakeAFormWithOneWayToTheMeeting() {
        // then
        assertThat(JoinFormRule.check(new JoinForm("Ada", "9999", null, null, null)))
                .isEmpty();
        assertThat(JoinFormRule.check(new JoinForm("Ada", null, "room@example", null, "1")))
                .isEmpty();
        assertThat(JoinFormRule.check(new JoinForm("Ada", null, null, "s", null)))
                .isEmpty();
    }

    @Test
    void shouldRefuseNoneAndMoreThanOne() {
        // then
        assertThat(JoinFormRule.check(new JoinForm("Ada", null, null, null, null)))
                .hasValueSatisfying(refused -> assertThat(refused.found()).isEqualTo("none of them"));
        assertThat(JoinFormRule.check(new JoinForm("Ada", "1", "x", null, null)))
                .hasValueSatisfying(refused -> assertThat(refused.found()).isEqualTo("callId and uri"));
    }

    @Test
    void shouldRefuseNamesThatWouldSpoilALine() {
        // then
        assertThat(JoinFormRule.check(new JoinForm("A\nb", "1", null, null, null)))
                .isPresent();
        assertThat(JoinFormRule.check(new JoinForm("x".repeat(65), "1", null, null, null)))
                .isPresent();
        assertThat(JoinFormRule.check(new JoinForm("  ", "1", null, null, null)))
                .isPresent();
    }

    @Test
    void shouldRefuseACallIdThatIsNoNumber() {
        // then
        assertThat(JoinFormRule.check(new JoinForm("Ada", "99a", null, null, null)))
                .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo("badRequest"));
    }

    @Test
    void shouldRefuseAnAddressAndASecretThatSayNothing() {
        // then
        assertThat(JoinFormRule.check(new JoinForm("Ada", null, "", null, null)))
                .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo("badRequest"));
        assertThat(JoinFormRule.check(new JoinForm("Ada", null, null, " ", null)))
                .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo("badRequest"));
    }
}
