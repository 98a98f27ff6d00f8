package io.convoke.actors.xmpp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.convoke.protocols.xmpp.registration.RegistrationFailure;
import io.convoke.protocols.xmpp.registration.RegistrationView;
import io.convoke.protocols.xmpp.registration.Step;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of the twelve steps, broken in at least two ways against real sockets, TLS and a real name server: which step is said to have failed, and in which words. */
class FaultCatalogueTest {
    private static final Walks WALKS = new Walks();

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        WALKS.close();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                        FaultsBeforeTheConnection.all(),
                        FaultsOfTheConnection.all(),
                        FaultsOfTheCertificate.all(),
                        FaultsOfTheStream.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void shouldSayWhichStepFailedAndWhy(Fault fault) throws Exception {
        try (Fault.Stage stage = new Fault.Stage(WALKS, folder)) {
            // when
            RegistrationView view = fault.scene().play(stage);

            // then
            RegistrationFailure failure = view.lastError();
            assertThat(failure).as(view.toString()).isNotNull();
            assertThat(failure.code()).as(failure.words()).isEqualTo(fault.code());
            assertThat(failure.step()).isEqualTo(fault.step());
            assertThat(view.step()).isEqualTo(fault.step());
            assertThat(failure.words() + " " + failure.advice()).contains(fault.words());
            assertThat(failure.words()).startsWith("Expected").doesNotContain(Walks.SECRET);
            assertThat(failure.advice()).endsWith(".");
            assertThat(view.toString()).doesNotContain(Walks.SECRET);
        }
    }

    @Test
    void shouldBreakEachStepInAtLeastTwoWays() {
        // then
        assertThat(faults()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(Arrays.stream(Step.values()))
                .allSatisfy(step -> assertThat(faults().filter(fault -> fault.step() == step))
                        .as(step.words())
                        .hasSizeGreaterThanOrEqualTo(2));
    }
}
