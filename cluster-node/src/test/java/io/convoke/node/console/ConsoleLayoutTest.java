package io.convoke.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConsoleLayoutTest {
    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

    @Test
    void shouldWriteALineThatLogToolingForTheOriginalUnderstands() {
        // given
        LoggingEvent event = event("host:server", Level.INFO, "guest login request 1: resolution in progress", null);

        // when
        String line = layout().doLayout(event);

        // then
        assertThat(line)
                .matches("[A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} user\\.info \\S+ host:server: INFO : "
                        + "guest login request 1: resolution in progress\\R");
    }

    @Test
    void shouldNameClassesWithoutTheirPackageAndShowStacks() {
        // given
        LoggingEvent event = event("io.convoke.x.Thing", Level.WARN, "oh", new IllegalStateException("because"));

        // when
        String line = layout().doLayout(event);

        // then
        assertThat(line).contains(" user.warning ", " Thing: WARNING : oh", "IllegalStateException: because");
    }

    private LoggingEvent event(String logger, Level level, String text, Throwable failure) {
        Logger named = context.getLogger(logger);
        return new LoggingEvent(ConsoleLayoutTest.class.getName(), named, level, text, failure, new Object[0]);
    }

    private ConsoleLayout layout() {
        ConsoleLayout layout = new ConsoleLayout();
        layout.setContext(context);
        layout.start();
        return layout;
    }
}
