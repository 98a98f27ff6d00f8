package io.convoke.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import io.convoke.actors.callbridge.CorePart;
import io.convoke.actors.callbridge.MediaPort;
import io.convoke.actors.chat.ChatRooms;
import io.convoke.actors.chat.ChatStore;
import io.convoke.actors.guest.CredentialStore;
import io.convoke.actors.guest.CredentialStoreSettings;
import io.convoke.actors.space.PasscodeThrottle;
import io.convoke.actors.xmpp.session.XmppSessions;
import io.convoke.http.c2w.C2wDialerHttp;
import io.convoke.media.sfu.Sfu;
import io.convoke.node.settings.NodeSettings;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Starts the callbridge of a core node: media, credentials, conferences, chat, and its end of XMPP. */
final class CallbridgeStart {
    private static final int CREDENTIALS_IN_A_TRANSACTION = 100;
    private static final int CREDENTIAL_TRANSACTIONS = 2;

    /** {@code warm}: done when the first join is as quick as the others. */
    record Started(CompletionStage<Done> warm, ActorRef<XmppSessions.Command> sessions) {}

    private final NodeSettings settings;
    private final Resources resources;

    CallbridgeStart(NodeSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    /** {@code decoySecret}: makes the challenges of users who do not exist. */
    Started start(CoreGround ground, C2wFiles certificates, List<URI> webbridges, byte[] decoySecret)
            throws StartFailure {
        ActorSystem<Guardian.Command> system = ground.system();
        Sfu sfu = resources.add(MediaPlane.start(settings.media()));
        CredentialStore credentials = CredentialStore.over(
                system,
                ground.database(),
                new CredentialStoreSettings(
                        settings.guests().credentialQueue(), CREDENTIALS_IN_A_TRANSACTION, CREDENTIAL_TRANSACTIONS));
        // Guests whose node stops are gone: their tokens lead nowhere, so nothing of them stays in the database.
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
                        "remove-guests",
                        () -> credentials
                                .removeAllOf(ground.callbridge())
                                .handle((rows, failure) -> Done.getInstance()));
        CorePart core = Guardian.run(system, guardian -> {
            CorePart part = CorePart.start(
                    guardian,
                    ActorSettings.core(settings, ground.callbridge(), webbridges),
                    corePorts(ground, credentials, sfu, certificates));
            ground.xmpp().rooms(rooms(guardian, ground));
            return part;
        });
        ActorRef<XmppSessions.Command> sessions = XmppCallbridgeStart.start(
                system,
                ground.parts(),
                settings,
                ground.callbridge(),
                resources,
                new XmppCallbridgeStart.Ports(ground.administration(), credentials, sfu, decoySecret));
        return new Started(core.warm(), sessions);
    }

    private CorePart.Ports corePorts(CoreGround ground, CredentialStore credentials, Sfu sfu, C2wFiles certificates) {
        return new CorePart.Ports(
                ground.parts().context(),
                ground.spaces(),
                credentials,
                new PasscodeThrottle(ActorSettings.passcodes(settings.passcodes())),
                MediaPort.of(sfu, settings.media().publicAddress()),
                new C2wDialerHttp(ground.system(), certificates.callbridge(), ActorSettings.c2w(settings.c2w())),
                new CorePart.ChatPorts(
                        ActorSettings.chat(settings.chat()),
                        ChatStore.over(ground.database(), ground.blocking()),
                        ground.xmpp().router()));
    }

    private ChatRooms rooms(ActorContext<?> guardian, CoreGround ground) {
        return ChatRooms.start(
                guardian,
                "rooms." + settings.xmppDomain(),
                ActorSettings.passcodes(settings.passcodes()),
                ground.parts().context(),
                ground.spaces(),
                ground.xmpp().router());
    }
}
