package io.convoke.node;

import io.convoke.actors.callbridge.CoreSettings;
import io.convoke.actors.callbridge.CoreSettings.LegSettings;
import io.convoke.actors.callbridge.CoreSettings.LinkSettings;
import io.convoke.actors.callbridge.CoreSettings.LockSettings;
import io.convoke.actors.chat.ChatSettings;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.webbridge.EdgeSettings;
import io.convoke.http.c2w.C2wSettings;
import io.convoke.node.settings.NodeSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The node's settings in the words of the other modules. */
final class ActorSettings {
    private static final String WEB_SOCKET = "/api/session";

    private ActorSettings() {}

    static CoreSettings core(NodeSettings settings, UUID callbridge, List<URI> webbridges) {
        NodeSettings.C2w c2w = settings.c2w();
        return new CoreSettings(
                callbridge,
                settings.name(),
                Software.name(),
                webbridges,
                settings.data().resolve("jwt.key"),
                Duration.ofHours(settings.guests().jwtExpiryHours()),
                c2w.maxInFlight(),
                settings.http().joinTimeout(),
                new LinkSettings(c2w.retryMin(), c2w.retryMax(), c2w.connectTimeout()),
                new LockSettings(
                        settings.lock().lease(),
                        settings.lock().renewEvery(),
                        settings.lock().clockDriftPermille()),
                new LegSettings(
                        settings.session().openWithin(),
                        settings.session().reconnectWithin(),
                        settings.media().maxSections()));
    }

    static EdgeSettings edge(NodeSettings settings, UUID webbridge, boolean forwardTrace) {
        return new EdgeSettings(
                webbridge,
                settings.name(),
                Software.name(),
                settings.relay().told().icePolicy(),
                WEB_SOCKET,
                settings.http().joinTimeout(),
                settings.c2w().maxInFlight(),
                settings.session().maxSessions(),
                settings.session().openWithin().multipliedBy(2),
                settings.trace().edgeBuffer(),
                forwardTrace);
    }

    static C2wSettings c2w(NodeSettings.C2w c2w) {
        C2wSettings defaults = C2wSettings.defaults();
        return new C2wSettings(
                c2w.connectTimeout(),
                c2w.connectTimeout(),
                c2w.keepAlive(),
                defaults.requestTimeout(),
                c2w.maxInFlight(),
                c2w.maxMessageBytes(),
                c2w.maxQueuedMessages(),
                c2w.maxQueuedBytes());
    }

    static ChatSettings chat(NodeSettings.Chat chat) {
        return new ChatSettings(
                chat.longestMessage(), chat.messagesPerSecond(), chat.mostOccupants(), chat.historyOnEntry());
    }

    static PasscodeThrottle.Settings passcodes(NodeSettings.Passcodes passcodes) {
        PasscodeThrottle.Settings standard = PasscodeThrottle.Settings.standard();
        return new PasscodeThrottle.Settings(
                passcodes.firstDelay(),
                passcodes.maxDelay(),
                passcodes.maxRefusal(),
                passcodes.maxSpaceRefusal(),
                passcodes.freePerSpace(),
                standard.freeParallel(),
                passcodes.forgetAfter(),
                passcodes.remembered());
    }
}
