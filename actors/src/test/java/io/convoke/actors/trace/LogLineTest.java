package io.convoke.actors.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private final LogLine format = new LogLine(ZoneId.of("Europe/Berlin"));

    @Test
    void shouldFormatASyslogPacket() {
        // given
        TraceEvent event =
                event(Facility.LOCAL0, Severity.INFO, "2026-02-23T08:02:21.588999Z", "WebApp Audit : Session");

        // when, then
        assertThat(new String(format.syslog(event), StandardCharsets.UTF_8))
                .isEqualTo("<134>Feb 23 09:02:21.588 core1 host:server: INFO : WebApp Audit : Session");
    }

    @Test
    void shouldFormatAFileLineWithAPaddedDay() {
        // given
        TraceEvent event = event(Facility.USER, Severity.ERR, "2026-07-03T08:02:21.5Z", "gone");

        // when, then
        assertThat(format.file(event)).isEqualTo("Jul  3 10:02:21.500 user.err core1 host:server: ERROR : gone\n");
    }

    @Test
    void shouldCutALongPacketBetweenCharacters() {
        // given
        TraceEvent event = event(Facility.LOCAL7, Severity.WARNING, "2026-07-03T08:02:21Z", "ä".repeat(2000));

        // when
        byte[] packet = format.syslog(event);

        // then
        assertThat(packet.length).isBetween(LogLine.LONGEST_PACKET_BYTES - 1, LogLine.LONGEST_PACKET_BYTES);
        assertThat(new String(packet, StandardCharsets.UTF_8))
                .startsWith("<188>")
                .endsWith("ää");
    }

    private static TraceEvent event(Facility facility, Severity severity, String at, String text) {
        return new TraceEvent(
                Instant.parse(at),
                1,
                "core1",
                Origin.CORE,
                facility,
                severity,
                "host:server",
                "step",
                text,
                Ids.none());
    }
}
