package io.convoke.node.system;

import static io.convoke.node.system.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One node, started with the one command that the README names. */
class SingleNodeIT {
    /** The core's and the edge's lines of a join over HTTP and WebSocket, in this order. */
    private static final List<String> JOIN = List.of(
            "^guest login request \\d+: resolution in progress$",
            "^guest login request \\d+: call ID lookup scheduled$",
            "^guest login request \\d+: resolution in progress$",
            "^guest login request \\d+: credential storage scheduled \\(queue length: 1\\)$",
            "^created guest account with user ID \"guest\\d+\"$",
            "^guest login request \\d+: credential storage executed$",
            "^guest login request \\d+: credential storage in progress$",
            "^guest login request \\d+: successfully stored credentials$",
            "^instantiating user \"guest\\d+\"$",
            "^conference \\S+: locked due to lack of lock consensus$",
            "^conference \\S+: lock state has changed to locked$",
            "^API \"9999\" Space GUID: \\S+ <--> Call Correlator GUID: \\S+ <--> Internal GUID: \\S+$",
            "^conference \\S+: lock state has changed to unlocked$",
            "^API call leg \\S+ in call \\S+ \\(API call \\S+\\)$",
            "^conference \\S+ has control/media GUID: \\S+$",
            "^conference \\S+ named \"9999\"$",
            "^new session created for user \"guest\\d+\"$");

    private static final List<String> LEAVE = List.of(
            "performed action of leave call",
            "^removing guest account 'guest\\d+' \\(name 'Thomas'\\) on call drop$",
            "^destroying guest account with user ID \"guest\\d+\"$");

    @TempDir
    private Path data;

    @Test
    void shouldStartJoinLeaveStopAndStartAgainWithItsData() throws Exception {
        JsonNode space;
        JsonNode callbridge;

        try (NodeProcess node = start("single-first")) {
            // given
            String origin = node.awaitReady();
            Api api = new Api(origin);
            space = api.state("/state/spaces").path("spaces").path(0);
            callbridge = api.state("/state/callbridges").path("callbridges").path(0);
            assertThat(space.path("callId").asText()).isEqualTo("9999");

            // when
            Api.Answer joined = api.join("Thomas", "9999");
            assertThat(joined.status()).as("%s", joined).isEqualTo(200);
            String participant = joined.body().path("participant").asText();
            ClientSession session = ClientSession.connect(
                    origin, joined.body().path("webSocket").asText());
            session.authenticate(joined.body().path("token").asText());
            JsonNode welcome = session.await("welcome");
            JsonNode leg = api.state("/state/call-legs/" + participant);
            session.send("{\"type\":\"leave\"}");
            JsonNode ended = session.await("ended");

            // then
            assertThat(joined.body().path("user").asText()).matches("guest\\d+");
            assertThat(joined.body().path("space").path("id")).isEqualTo(space.path("id"));
            assertThat(joined.body().path("callbridge")).isEqualTo(callbridge.path("id"));
            assertThat(welcome.path("roster").path(0).path("name").asText()).isEqualTo("Thomas");
            assertThat(leg.path("id").asText()).isEqualTo(participant);
            assertThat(ended.path("code").asText()).isEqualTo("left");
            assertThat(session.awaitClose()).isEqualTo(1000);

            List<String> texts = eventually(
                    Duration.ofSeconds(10),
                    () -> texts(api, participant),
                    found -> found.stream().anyMatch(text -> text.startsWith("destroying guest account")));
            assertInOrder(texts, JOIN);
            assertInOrder(texts, LEAVE);
            assertConsole(node.lines());
            assertNobodyLeft(api);

            // when
            int exit = node.interrupt();

            // then
            assertThat(exit).isEqualTo(130);
            assertThat(Files.readString(data.resolve("logs/convoke.log"))).contains("guest login request");
        }

        try (NodeProcess node = start("single-second")) {
            // when
            Api api = new Api(node.awaitReady());

            // then
            assertThat(api.state("/state/spaces").path("spaces").path(0)).isEqualTo(space);
            assertThat(api.state("/state/callbridges")
                            .path("callbridges")
                            .path(0)
                            .path("id"))
                    .isEqualTo(callbridge.path("id"));
            assertNobodyLeft(api);
            assertThat(node.lines()).noneMatch(line -> line.contains("Administrator "));
        }
    }

    private NodeProcess start(String name) {
        return NodeProcess.start(
                name,
                List.of(
                        NodeProcess.ROOT.resolve("convoke").toString(),
                        "run",
                        "--data",
                        data.toString(),
                        "--http",
                        "0"),
                Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    private static List<String> texts(Api api, String participant) throws Exception {
        List<String> texts = new ArrayList<>();
        api.state("/state/trace?participant=" + participant)
                .path("events")
                .forEach(event -> texts.add(event.path("text").asText()));
        return texts;
    }

    /** Each pattern is found in a later text than the one before. */
    static void assertInOrder(List<String> texts, List<String> patterns) {
        int from = 0;
        for (String pattern : patterns) {
            int at = from;
            while (at < texts.size()
                    && !java.util.regex.Pattern.compile(pattern)
                            .matcher(texts.get(at))
                            .find()) {
                at++;
            }
            assertThat(at)
                    .as("\"%s\" after line %d of:%n%s", pattern, from, String.join("\n", texts))
                    .isLessThan(texts.size());
            from = at + 1;
        }
    }

    private static void assertConsole(List<String> lines) {
        assertThat(lines)
                .anyMatch(line -> line.matches("[A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} user\\.info \\S+ "
                        + "host:server: INFO : guest login request \\d+: resolution in progress"));
        assertThat(lines).noneMatch(line -> line.contains("ERROR :"));
    }

    private static void assertNobodyLeft(Api api) {
        for (String kind : List.of("guests", "call-legs")) {
            eventually(
                    Duration.ofSeconds(10),
                    () -> api.state("/state/" + kind),
                    state -> state.path("total").asInt(-1) == 0);
        }
    }
}
