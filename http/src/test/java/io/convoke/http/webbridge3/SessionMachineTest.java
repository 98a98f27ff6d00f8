package io.convoke.http.webbridge3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.convoke.actors.webbridge.SessionOutcome;
import io.convoke.actors.webbridge.ToClient;
import io.convoke.http.json.Json;
import io.convoke.http.webbridge3.SessionMachine.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionMachineTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final UUID CONNECTION = UUID.fromString("fcfe42f4-ac94-4ab2-a14a-f4165ec960a7");
    private static final String LEAVE = "{\"type\":\"leave\"}";

    private long now = Long.MAX_VALUE - SECOND;
    private final SessionMachine machine = new SessionMachine(SessionLimits.defaults(), now);

    @Test
    void shouldAuthenticateThenForward() {
        // when
        machine.handleText(now, "{\"type\":\"authenticate\",\"token\":\"t\"}");
        List<Output> asked = drain();
        machine.handleOutcome(accepted());
        machine.handleText(now, LEAVE);
        // then
        assertThat(asked).containsExactly(new Output.Authenticate("t"));
        assertThat(drain()).containsExactly(new Output.Forward(CONNECTION, LEAVE));
    }

    @Test
    void shouldKeepWhatComesBeforeTheAnswerInOrder() {
        // given
        machine.handleText(now, "{\"type\":\"authenticate\",\"token\":\"t\"}");
        machine.handleText(now, "{\"type\":\"offer\"}");
        machine.handleText(now, LEAVE);
        drain();
        // when
        machine.handleOutcome(accepted());
        // then
        assertThat(drain())
                .containsExactly(
                        new Output.Forward(CONNECTION, "{\"type\":\"offer\"}"), new Output.Forward(CONNECTION, LEAVE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "[]",
                "17",
                "\"x\"",
                "null",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"a\"} x",
                "{\"type\":\"a\",\"type\":\"b\"}"
            })
    void shouldCloseOnGarbage(String text) {
        // when
        machine.handleText(now, text);
        // then
        assertClosed("badMessage", 4400);
    }

    @Test
    void shouldCloseWhenTheFirstMessageIsAnother() {
        machine.handleText(now, LEAVE);
        assertClosed("badMessage", 4401);
    }

    @Test
    void shouldCloseWithoutATokenText() {
        machine.handleText(now, "{\"type\":\"authenticate\",\"token\":7}");
        assertClosed("badMessage", 4401);
    }

    @Test
    void shouldCloseWithoutAuthenticationInTime() {
        // when
        now = machine.deadlineNanos();
        machine.handleTimeout(now);
        // then: at ten seconds the ping and the end fall together, and the end wins
        assertClosed("authenticationTimeout", 4401);
    }

    @Test
    void shouldCloseWithTheWebbridgesWords() {
        // given
        machine.handleText(now, "{\"type\":\"authenticate\",\"token\":\"forged\"}");
        drain();
        // when
        machine.handleOutcome(new SessionOutcome.SessionRefused("badToken", "No.", 4401));
        // then
        assertClosed("badToken", 4401);
    }

    @Test
    void shouldGoOnAfterASecondAuthenticate() throws Exception {
        // given
        open();
        // when
        machine.handleText(now, "{\"type\":\"authenticate\",\"token\":\"t\"}");
        // then
        List<Output> outputs = drain();
        JsonNode error = json(outputs.get(0));
        assertThat(outputs).hasSize(1);
        assertThat(error.path("code").asText()).isEqualTo("badMessage");
        assertThat(error.path("fatal").asBoolean()).isFalse();
    }

    @Test
    void shouldAnswerPingWithTheSameId() {
        open();
        machine.handleText(now, "{\"type\":\"ping\",\"id\":4711}");
        assertThat(drain()).containsExactly(new Output.Send("{\"type\":\"pong\",\"id\":4711}"));
    }

    @Test
    void shouldPingEveryTenSecondsAndGiveUpAfterThirtySilentOnes() throws Exception {
        // given
        open();
        long start = now;
        List<Output> outputs = new ArrayList<>();
        // when
        while (outputs.stream().noneMatch(Output.Close.class::isInstance)) {
            now = machine.deadlineNanos();
            machine.handleTimeout(now);
            outputs.addAll(drain());
        }
        // then
        assertThat(outputs).hasSize(3);
        assertThat(json(outputs.get(1)).toString()).isEqualTo("{\"type\":\"ping\",\"id\":2}");
        assertThat(((Output.Close) outputs.get(2)).code()).isEqualTo(4408);
        assertThat(now - start).isEqualTo(30 * SECOND);
    }

    @Test
    void shouldStayForAnHourWithAClientThatAnswers() {
        // given
        open();
        long end = now + 3600 * SECOND;
        // when
        while (now - end < 0) {
            now = machine.deadlineNanos();
            machine.handleTimeout(now);
            assertThat(drain()).allMatch(Output.Send.class::isInstance);
            machine.handleText(now, "{\"type\":\"pong\",\"id\":1}");
        }
        // then
        assertThat(machine.deadlineNanos() - now).isPositive();
    }

    @Test
    void shouldCloseOnTooManyMessages() {
        // given: three seconds' worth, of which authenticate took one
        open();
        // when
        for (int i = 0; i < 59; i++) {
            machine.handleText(now, LEAVE);
        }
        // then
        assertThat(drain()).allMatch(Output.Forward.class::isInstance);
        machine.handleText(now, LEAVE);
        assertClosed("tooManyMessages", 4400);
    }

    @Test
    void shouldTakeTwentyMessagesASecondForever() {
        open();
        for (int i = 0; i < 2000; i++) {
            now += SECOND / 20;
            machine.handleText(now, LEAVE);
        }
        assertThat(drain()).hasSize(2000).allMatch(Output.Forward.class::isInstance);
    }

    @Test
    void shouldCloseAfterTheLastWord() {
        // given
        open();
        // when
        machine.handleServer(new ToClient.Text("{\"type\":\"roster\"}"));
        machine.handleServer(new ToClient.Last("{\"type\":\"ended\"}", 1000));
        machine.handleServer(new ToClient.Text("{\"type\":\"late\"}"));
        // then
        assertThat(drain())
                .containsExactly(
                        new Output.Send("{\"type\":\"roster\"}"),
                        new Output.Send("{\"type\":\"ended\"}"),
                        new Output.Close(1000, "the web bridge ended the session"));
    }

    @Test
    void shouldCloseOnBinaryAndOnTooLarge() {
        SessionMachine other = new SessionMachine(SessionLimits.defaults(), now);
        machine.handleBinary();
        assertClosed("badMessage", 4400);
        other.handleTooLarge();
        assertThat(((Output.Close) drain(other).get(1)).code()).isEqualTo(1009);
    }

    @Test
    void shouldTakeRandomTextWithoutThrowing() {
        long seed = 20261121;
        Random random = new Random(seed);
        String pool = "{}[]\":,\\typeauthenticate 0123\u0000\ud800é";
        for (int run = 0; run < 5000; run++) {
            SessionMachine one = new SessionMachine(SessionLimits.defaults(), now);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(pool.charAt(random.nextInt(pool.length())));
            }
            one.handleText(now, text.toString());
            assertThat(drain(one)).as("seed %d, run %d", seed, run).isNotEmpty();
        }
    }

    private void open() {
        machine.handleText(now, "{\"type\":\"authenticate\",\"token\":\"t\"}");
        machine.handleOutcome(accepted());
        drain();
    }

    private static SessionOutcome accepted() {
        return new SessionOutcome.SessionAccepted(CONNECTION, UUID.randomUUID());
    }

    private void assertClosed(String code, int closeCode) {
        List<Output> outputs = drain();
        assertThat(outputs).hasSize(2);
        try {
            assertThat(json(outputs.get(0)).path("code").asText()).isEqualTo(code);
            assertThat(json(outputs.get(0)).path("fatal").asBoolean()).isTrue();
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        assertThat(((Output.Close) outputs.get(1)).code()).isEqualTo(closeCode);
        assertThat(machine.deadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private static JsonNode json(Output output) throws JsonProcessingException {
        return Json.read(((Output.Send) output).json());
    }

    private List<Output> drain() {
        return drain(machine);
    }

    private static List<Output> drain(SessionMachine machine) {
        List<Output> outputs = new ArrayList<>();
        for (Output output = machine.poll(); output != null; output = machine.poll()) {
            outputs.add(output);
        }
        return outputs;
    }
}
