package io.convoke.http.webbridge3;

import akka.actor.typed.ActorSystem;
import akka.http.impl.engine.ws.FrameEvent;
import akka.http.impl.engine.ws.FrameEvent$;
import akka.http.impl.engine.ws.FrameStart;
import akka.http.impl.engine.ws.UpgradeToWebSocketLowLevel;
import akka.http.impl.engine.ws.WebSocket$;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ws.Message;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.http.scaladsl.settings.WebSocketSettings;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import scala.Option;
import scala.concurrent.duration.FiniteDuration;

/**
 * Upgrades to a WebSocket whose server chooses the close code. Akka HTTP's public API closes with 1000 or 1011 and nothing else, while clients of the
 * client protocol go by the code. So its own layers are put together here as it does itself, and the close frame is exchanged on its way out. All use
 * of its inner parts is in this class; the tests of the session WebSocket notice when they change.
 */
final class CloseCodes {
    private static final FiniteDuration WAIT_FOR_PEERS_CLOSE = FiniteDuration.apply(3, TimeUnit.SECONDS);

    /** RFC 6455 §5.2. */
    private static final byte CLOSE_OPCODE = 8;

    private CloseCodes() {}

    /** @param code asked when the close frame is about to leave */
    static HttpResponse upgrade(
            ActorSystem<?> system, WebSocketUpgrade upgrade, Flow<Message, Message, ?> messages, IntSupplier code) {
        var settings = (WebSocketSettings) akka.http.javadsl.settings.ServerSettings.create(
                        system.settings().config())
                .getWebsocketSettings();
        var layers = new BidiFlow<>(WebSocket$.MODULE$.stack(
                true, settings, WAIT_FOR_PEERS_CLOSE, system.classicSystem().log()));
        Flow<akka.http.scaladsl.model.ws.Message, akka.http.scaladsl.model.ws.Message, ?> scalaMessages =
                Flow.<akka.http.scaladsl.model.ws.Message>create()
                        .map(Message::adapt)
                        .via(messages)
                        .map(Message::asScala);
        Flow<FrameEvent, FrameEvent, ?> frames = layers.join(scalaMessages).map(frame -> exchange(frame, code));
        @SuppressWarnings("unchecked")
        var graph = (akka.stream.Graph<akka.stream.FlowShape<FrameEvent, FrameEvent>, Object>) (Object) frames;
        return ((UpgradeToWebSocketLowLevel) upgrade).handleFrames(graph, Option.empty());
    }

    private static FrameEvent exchange(FrameEvent frame, IntSupplier code) {
        boolean normalClose = frame instanceof FrameStart start
                && start.header().opcode().code() == CLOSE_OPCODE
                && start.data().size() >= 2
                && (((start.data().head() & 0xff) << 8) | (start.data().apply(1) & 0xff)) == SessionMachine.NORMAL;
        return normalClose ? FrameEvent$.MODULE$.closeFrame(code.getAsInt(), "", Option.empty()) : frame;
    }
}
