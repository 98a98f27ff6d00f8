package io.convoke.actors.trace;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.ActorAttributes;
import akka.stream.alpakka.udp.Datagram;
import akka.stream.alpakka.udp.javadsl.Udp;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.util.ByteString;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sends lines to one syslog server, a packet each. Nobody tells whether they arrive; that is syslog over UDP. */
final class SyslogSender {
    private SyslogSender() {}

    /** The name is looked up anew for each run of the stream, away from the callers. */
    static Sink<List<TraceEvent>, CompletionStage<Done>> sink(
            LogSettings.SyslogServer server, LogLine format, ActorSystem<?> system) {
        return Flow.<List<TraceEvent>>create()
                .statefulMapConcat(() -> {
                    InetSocketAddress[] address = new InetSocketAddress[1];
                    return events -> {
                        if (address[0] == null) {
                            address[0] = resolved(server);
                        }
                        return events.stream()
                                .map(event -> Datagram.create(ByteString.fromArray(format.syslog(event)), address[0]))
                                .toList();
                    };
                })
                .withAttributes(ActorAttributes.dispatcher(LogStreams.BLOCKING_DISPATCHER))
                .watchTermination(Keep.right())
                .to(Udp.sendSink(system.classicSystem()));
    }

    private static InetSocketAddress resolved(LogSettings.SyslogServer server) throws UnknownHostException {
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(server.host());
        }
        return address;
    }
}
