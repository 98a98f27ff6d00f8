package io.convoke.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import io.convoke.actors.space.SpaceDirectory;
import io.convoke.actors.storage.AdminAccount;
import io.convoke.actors.storage.Database;
import io.convoke.actors.storage.DatabaseSettings;
import io.convoke.actors.trace.Origin;
import io.convoke.actors.webbridge.Webbridge;
import io.convoke.actors.xmpp.server.XmppPart;
import io.convoke.actors.xmpp.session.XmppSessions;
import io.convoke.http.c2w.C2wListener;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Starts a core node: database, cluster, media, callbridge, and the web bridge beside it where the roles say so. */
final class CoreStart {
    private static final long OWN_LINK_SECONDS = 15;

    private final NodeSettings settings;
    private final Resources resources;

    CoreStart(NodeSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    RunningNode start() throws StartFailure {
        UUID callbridge = Identity.of(settings.data(), "callbridge");
        C2wFiles certificates = C2wFiles.of(settings, Instant.now());
        DatabaseSettings databaseSettings = databaseSettings();
        Database database = resources.add(DatabaseOpening.open(databaseSettings));
        AdminAccount administrator = administrator(database);

        ActorSystem<Guardian.Command> system = resources
                .add(ActorSystems.start(
                        ActorSystemConfig.ofCore(settings, Database.persistenceConfig(databaseSettings))))
                .system();
        NodeParts parts = NodeParts.start(system, settings);
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.fromConfig("convoke.blocking-dispatcher"));
        SpaceDirectory spaces = SpaceDirectory.over(database, blocking);
        StartFailure.within("the demo meeting", spaces.createDemoWhenEmpty());
        ConfiguredSpaces.make(spaces, settings.spaces());
        Administration administration = Administration.open(database, blocking, settings.seeds());
        ClusterJoin.await(system, settings.cluster().seedNodes(), System.out);
        parts.spawnMemberState();
        XmppPart xmpp = XmppServerStart.part(system, parts, settings);

        @Nullable ActorRef<Webbridge.Command> webbridge = null;
        List<URI> webbridges = new ArrayList<>(WebbridgeUrls.of(settings.c2w().webbridges()));
        CompletableFuture<Void> ownLink = new CompletableFuture<>();
        if (settings.has(Role.WEBBRIDGE3)) {
            webbridge = parts.spawnWebbridge(false);
            C2wListener.Bound listener = parts.listenForC2w(certificates.webbridge(), webbridge);
            webbridges.add(listener.url(settings.c2w().listenHost()));
            parts.journal().listen(event -> {
                if (event.step().equals("c2wLinkUp") && event.origin() == Origin.CORE) {
                    ownLink.complete(null);
                }
            });
        }
        CoreGround ground = new CoreGround(system, parts, database, blocking, administration, spaces, xmpp, callbridge);
        CallbridgeStart.@Nullable Started started = settings.has(Role.CALLBRIDGE)
                ? new CallbridgeStart(settings, resources)
                        .start(ground, certificates, webbridges, administrator.secretFor("xmpp-login-decoys"))
                : null;
        if (settings.has(Role.XMPP)) {
            XmppServerStart.start(ground, started == null ? null : started.sessions());
        }
        HttpFront.Administering administering = new HttpFront.Administering(
                administration,
                administrator,
                callbridge,
                new Administration.Listeners(
                        changed -> XmppSessions.announceChange(system, changed), xmpp::componentChanged));
        HttpFront front = HttpFront.ofCore(system, settings, parts, spaces, administering, webbridge);
        if (webbridge != null && settings.has(Role.CALLBRIDGE)) {
            awaitOwnLink(ownLink);
        }
        if (started != null) {
            started.warm().toCompletableFuture().join();
        }
        ReadyWords.print(System.out, settings, front.origin(), administrator.generatedPassword());
        return new RunningNode(system, resources, settings.stopWithin());
    }

    private DatabaseSettings databaseSettings() {
        NodeSettings.Database database = settings.database();
        return new DatabaseSettings(
                database.url(),
                database.user(),
                database.password().reveal(),
                database.poolSize(),
                database.connectTimeout());
    }

    private AdminAccount administrator(Database database) throws StartFailure {
        String configured = settings.adminPassword().reveal();
        try {
            return AdminAccount.open(database, configured.isEmpty() ? null : configured.toCharArray());
        } catch (SQLException failure) {
            throw new StartFailure("The administrator's account cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** People press Join as soon as they see the address; the first one must not be told that no callbridge is connected. */
    private static void awaitOwnLink(CompletableFuture<Void> ownLink) throws StartFailure {
        try {
            ownLink.get(OWN_LINK_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException failure) {
            throw new StartFailure(
                    "The callbridge did not reach the web bridge of its own node over C2W within " + OWN_LINK_SECONDS
                            + " s; the log above says why. Delete the folder certs in the data folder if its files were changed.",
                    failure);
        } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
            throw new StartFailure("The start was interrupted.", failure);
        }
    }
}
