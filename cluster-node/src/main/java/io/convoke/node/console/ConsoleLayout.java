package io.convoke.node.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.LayoutBase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line for each event: {@code Feb 23 09:02:21.594 user.info HOST host:server: INFO : text}. The facility is the event's MDC value
 * {@code facility}, else {@code user}; the program is the logger's name, a class's name without its package.
 */
public final class ConsoleLayout extends LayoutBase<ILoggingEvent> {
    private final DateTimeFormatter time =
            DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSS", Locale.ENGLISH).withZone(ZoneId.systemDefault());
    private final ThrowableProxyConverter stack = new ThrowableProxyConverter();
    private final String host = hostName();

    @Override
    public void start() {
        stack.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String facility = event.getMDCPropertyMap().getOrDefault("facility", "user");
        StringBuilder line = new StringBuilder(160)
                .append(time.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(' ')
                .append(facility)
                .append('.')
                .append(syslogWord(event.getLevel()))
                .append(' ')
                .append(host)
                .append(' ')
                .append(program(event.getLoggerName()))
                .append(": ")
                .append(event.getLevel() == Level.WARN ? "WARNING" : event.getLevel())
                .append(" : ")
                .append(event.getFormattedMessage())
                .append(CoreConstants.LINE_SEPARATOR);
        if (event.getThrowableProxy() != null) {
            line.append(stack.convert(event));
        }
        return line.toString();
    }

    private static String syslogWord(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "err";
            case Level.WARN_INT -> "warning";
            case Level.INFO_INT -> "info";
            default -> "debug";
        };
    }

    private static String program(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static String hostName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            int dot = name.indexOf('.');
            return dot > 0 ? name.substring(0, dot) : name;
        } catch (UnknownHostException unresolvable) {
            return "localhost";
        }
    }
}
