package io.convoke.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    private static final Path CONF = Path.of("../conf");

    @TempDir
    private Path folder;

    @Test
    void shouldReadTheDefaultsWithoutAnyFile() throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(null, Map.of(), folder);

        // then
        assertThat(settings.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.data()).isEqualTo(folder.resolve("data"));
        assertThat(settings.database().url()).isEqualTo("jdbc:h2:file:" + folder.resolve("data/convoke"));
        assertThat(settings.guests().jwtExpiryHours()).isEqualTo(24);
        assertThat(settings.logs().folder()).isEqualTo(folder.resolve("data/logs"));
    }

    @Test
    void shouldHaveADefaultForEachLimitThatPeopleMeet() throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(CONF.resolve("convoke.conf"), Map.of(), folder);

        // then
        assertThat(settings.http().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.session().maxSessions()).isEqualTo(5_000);
        assertThat(settings.session().openWithin()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.session().maxQueuedMessages()).isEqualTo(512);
        assertThat(settings.session().maxQueuedBytes()).isEqualTo(4 << 20);
        assertThat(settings.c2w().maxMessageBytes()).isEqualTo(1 << 20);
        assertThat(settings.c2w().maxQueuedMessages()).isEqualTo(8192);
        assertThat(settings.c2w().maxQueuedBytes()).isEqualTo(16 << 20);
        assertThat(settings.c2w().stateInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.lock()).isEqualTo(new NodeSettings.Lock(Duration.ofSeconds(6), Duration.ofSeconds(2), 10));
        assertThat(settings.passcodes().firstDelay()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.passcodes().maxRefusal()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.passcodes().maxSpaceRefusal()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.trace().edgeBuffer()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"convoke.conf", "core.conf", "edge.conf", "cluster-1.conf", "cluster-2.conf", "cluster-3.conf"})
    void shouldReadEachConfigurationThatComesWithConvoke(String name) throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(CONF.resolve(name), Map.of(), folder);

        // then
        assertThat(settings.isCore()).isEqualTo(!name.equals("edge.conf"));
    }

    @Test
    void shouldPreferTheFileToTheDefaultsAndTheCommandLineToTheFile() throws Exception {
        // given
        Path file = configuration("convoke.http { port = 9090, host = \"::1\" }");

        // when
        NodeSettings settings = SettingsFile.read(file, Map.of("convoke.http.port", 0), folder);

        // then
        assertThat(settings.http().port()).isZero();
        assertThat(settings.http().host()).isEqualTo("::1");
        assertThat(settings.http().requestTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void shouldReadHowManyRequestsTheRelayAnswersToOneAddress() throws Exception {
        // given
        Path file = configuration("convoke.relay.max-requests-per-second = 7");

        // then
        assertThat(SettingsFile.read(null, Map.of(), folder).relay().maxRequestsPerSecond())
                .isEqualTo(50);
        assertThat(SettingsFile.read(file, Map.of(), folder).relay().maxRequestsPerSecond())
                .isEqualTo(7);
    }

    @Test
    void shouldShareADatabaseFileBetweenNodesStartedFromDifferentFolders() throws SettingsFailure {
        // when
        NodeSettings settings = SettingsFile.read(CONF.resolve("cluster-2.conf"), Map.of(), folder);

        // then
        assertThat(settings.database().url())
                .isEqualTo("jdbc:h2:file:" + folder + "/data/cluster/convoke;AUTO_SERVER=TRUE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "convoke.http.prot = 1 | there is no setting convoke.http.prot; expected one of: convoke.http.certificate",
                "convoke.lock.renew-every = 3s | convoke.lock.renew-every: expected a third of the lease or less, but found",
                "convoke.http.port = many | convoke.http.port: expected a whole number from 0 to 65535, but found \"many\"",
                "convoke.http.port = 70000 | convoke.http.port: expected a whole number from 0 to 65535, but found 70000",
                "convoke.http.join-timeout = 3 fortnights | convoke.http.join-timeout: expected a duration such as",
                "convoke.http.max-body = 0 | convoke.http.max-body: expected a size such as 64k",
                "convoke.node.roles = [callbridge, cook] | convoke.node.roles: expected a list with some of callbridge",
                "convoke.relay.max-requests-per-second = 0 | convoke.relay.max-requests-per-second: expected a whole number from 1",
                "convoke.node.roles = [] | convoke.node.roles: expected a list with some of callbridge",
                "convoke.guests.jwt-expiry = 48h | convoke.guests.jwt-expiry: expected 1h to 24h, but found \"48h\"",
                "'convoke.cluster.seed-nodes = [\"a\"]' | convoke.cluster.seed-nodes: expected a list of host:port",
                "'convoke.database.url = \"jdbc:oracle:x\"' | convoke.database.url: expected a URL that begins with",
            })
    void shouldNameLineKeyExpectedAndFound(String text, String words) throws IOException {
        // given
        Path file = configuration("# first line\n" + text);

        // when / then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageContaining(words)
                .withMessageContaining("own.conf, line 2: ");
    }

    @Test
    void shouldSayWhereAFileIsNotHocon() throws IOException {
        // given
        Path file = configuration("convoke {\n  http {");

        // when / then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageStartingWith("The configuration cannot be understood: ")
                .withMessageContaining("own.conf: 2");
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(folder.resolve("none.conf"), Map.of(), folder))
                .withMessage(
                        "The configuration " + folder.resolve("none.conf") + " cannot be read: there is no such file");
    }

    @Test
    void shouldKeepSecretsOutOfTexts() throws Exception {
        // given
        Path file = configuration("convoke { admin.password = hunter2, database.password = hunter3 }");

        // when
        NodeSettings settings = SettingsFile.read(file, Map.of(), folder);

        // then
        assertThat(settings.adminPassword().toString() + settings.database()).doesNotContain("hunter");
        assertThat(settings.adminPassword().reveal()).isEqualTo("hunter2");
    }

    @Test
    void shouldReadSpacesOverTheirDefaults() throws Exception {
        // given
        Path file = configuration(
                "convoke.spaces = [ { name = Team, call-id = 1234, passcode = hunter2, participant-limit = 2 } ]");

        // when
        NodeSettings settings = SettingsFile.read(file, Map.of(), folder);

        // then
        assertThat(settings.spaces()).singleElement().satisfies(space -> {
            assertThat(space.name()).isEqualTo("Team");
            assertThat(space.callId()).isEqualTo("1234");
            assertThat(space.participantLimit()).isEqualTo(2);
            assertThat(space.locked()).isFalse();
            assertThat(space.toString()).doesNotContain("hunter");
        });
    }

    @Test
    void shouldNameAMisspeltKeyOfASpace() throws Exception {
        // given
        Path file = configuration("convoke.spaces = [ { name = Team, pass = 1 } ]");

        // then
        assertThatExceptionOfType(SettingsFailure.class)
                .isThrownBy(() -> SettingsFile.read(file, Map.of(), folder))
                .withMessageContaining("there is no setting convoke.spaces.no-1.pass")
                .withMessageContaining("convoke.spaces.no-1.passcode");
    }

    private Path configuration(String text) throws IOException {
        return Files.writeString(folder.resolve("own.conf"), text);
    }
}
