package io.convoke.node;

import akka.actor.typed.ActorSystem;
import io.convoke.actors.trace.Journal;
import io.convoke.actors.trace.LogSettings;
import io.convoke.actors.trace.LogSettings.SyslogServer;
import io.convoke.actors.trace.LogStreams;
import io.convoke.actors.trace.NodeJournal;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.trace.TraceStore;
import io.convoke.node.settings.NodeSettings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** The node's journal with what is behind it: the trace in memory, rotated files, syslog. */
record NodeLog(Journal journal, TraceStore store, LogStreams streams) {
    private static final int SYSLOG_PORT = 514;

    static NodeLog start(ActorSystem<?> system, NodeSettings settings) throws StartFailure {
        NodeSettings.Logs logs = settings.logs();
        DataFolder.prepare(logs.folder());
        LogStreams streams = LogStreams.start(
                system,
                new LogSettings(
                        logs.folder(),
                        logs.rotateAtBytes(),
                        logs.keep() + 1,
                        servers(logs.syslog()),
                        ZoneId.systemDefault(),
                        logs.queue()));
        TraceStore store = new TraceStore(settings.trace().events());
        Origin origin = settings.isCore() ? Origin.CORE : Origin.EDGE;
        String program = settings.isCore() ? "host:server" : "client_backend";
        Journal journal =
                NodeJournal.of(settings.name(), origin, program, InstantSource.system(), store, streams::offer);
        return new NodeLog(journal, store, streams);
    }

    private static List<SyslogServer> servers(List<String> texts) throws StartFailure {
        List<SyslogServer> servers = new java.util.ArrayList<>();
        for (String text : texts) {
            int colon = text.lastIndexOf(':');
            String port = colon < 0 ? Integer.toString(SYSLOG_PORT) : text.substring(colon + 1);
            if (!port.matches("\\d{1,5}")) {
                throw new StartFailure("convoke.logs.syslog: expected host:port, but found \"" + text + "\"");
            }
            servers.add(new SyslogServer(colon < 0 ? text : text.substring(0, colon), Integer.parseInt(port)));
        }
        return List.copyOf(servers);
    }
}
