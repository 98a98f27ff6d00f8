package io.convoke.actors.callbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.actors.c2w.C2wMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeStateRuleTest {
    private static final String ID = "00000000-0000-0007-0000-000000000007";

    @Test
    void shouldShowARelayInTheNameOfTheLinkWhateverTheEdgeWrites() {
        assertThat(judge(
                        "relays",
                        ID,
                        "{\"id\":\"x\",\"kind\":\"conferences\",\"node\":\"core1\",\"state\":\"listening\"}"))
                .isEqualTo(new EdgeStateRule.Shown(
                        ID + "@edge:6000",
                        ID,
                        "{\"id\":\"" + ID
                                + "@edge:6000\",\"kind\":\"relays\",\"node\":\"edge:6000\",\"state\":\"listening\"}"));
    }

    @Test
    void shouldForgetInTheSameName() {
        assertThat(judge("relays", ID, null)).isEqualTo(new EdgeStateRule.Gone(ID + "@edge:6000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "conferences | " + ID + " | {} | kind",
                "c2w-links | " + ID + " | {} | kind",
                "relays | core1 | {} | GUID",
                "relays | " + ID + " | no JSON | JSON",
                "relays | " + ID + " | [] | JSON object",
                "relays | " + ID + " | 5 | JSON object",
                "relays | " + ID + " | {\"a\": | no JSON"
            })
    void shouldRefuseEverythingElse(String kind, String id, String json, String why) {
        assertThat(judge(kind, id, json))
                .isInstanceOfSatisfying(
                        EdgeStateRule.Refused.class,
                        refused -> assertThat(refused.why()).contains(why));
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        String json = "{\"a\":\"" + "x".repeat(EdgeStateRule.MOST_CHARS) + "\"}";
        assertThat(judge("relays", ID, json)).isInstanceOf(EdgeStateRule.Refused.class);
    }

    private static EdgeStateRule.Verdict judge(String kind, String id, @Nullable String json) {
        return EdgeStateRule.judge("edge:6000", new C2wMessage.EdgeState(kind, id, json));
    }
}
