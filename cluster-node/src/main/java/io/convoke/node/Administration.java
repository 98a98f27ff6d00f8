package io.convoke.node;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.Route;
import io.convoke.actors.storage.AdminAccount;
import io.convoke.actors.storage.Database;
import io.convoke.actors.user.UserDirectory;
import io.convoke.actors.user.UserExists;
import io.convoke.actors.xmpp.ComponentSecrets;
import io.convoke.actors.xmpp.XmppConfigurationStore;
import io.convoke.http.AdminHttp;
import io.convoke.http.HttpSettings;
import io.convoke.http.api.ApiRoutes;
import io.convoke.http.api.ApiSettings;
import io.convoke.node.settings.NodeSettings;
import io.convoke.node.settings.Role;
import io.convoke.node.settings.Seeds;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What administrators set up at run time and the database keeps: how callbridges find XMPP servers, who may register with ours, users. */
record Administration(XmppConfigurationStore configurations, ComponentSecrets components, UserDirectory users) {
    /**
     * Who is told of changes.
     *
     * @param configurationChanged told of the callbridge whose XMPP configuration was written, on whichever node it runs
     * @param componentChanged told of the component whose secret was replaced or removed
     */
    record Listeners(Consumer<UUID> configurationChanged, Consumer<String> componentChanged) {}

    /** Makes what the configuration lists and the database does not have yet. Blocks. */
    static Administration open(Database database, Executor blocking, Seeds seeds) throws StartFailure {
        Administration administration = new Administration(
                XmppConfigurationStore.over(database, blocking),
                ComponentSecrets.over(database, blocking),
                UserDirectory.over(database, blocking));
        for (Seeds.NewComponent component : seeds.components()) {
            administration.make(component);
        }
        for (Seeds.NewUser user : seeds.users()) {
            administration.make(user);
        }
        return administration;
    }

    /** API and web admin, for a server with these settings. */
    Route routes(
            ActorSystem<?> system,
            HttpSettings server,
            NodeSettings settings,
            NodeParts parts,
            AdminAccount administrator,
            UUID callbridge,
            Listeners listeners) {
        NodeSettings.Http http = settings.http();
        return AdminHttp.routes(
                system,
                server,
                new ApiSettings(http.maxBodyBytes(), http.requestTimeout(), http.stateTimeout()),
                administrator::matches,
                new ApiRoutes.Services(
                        configurations,
                        components,
                        users,
                        settings.has(Role.CALLBRIDGE) ? callbridge : null,
                        settings.xmppDomain(),
                        listeners.configurationChanged(),
                        listeners.componentChanged(),
                        parts.journal(),
                        InstantSource.system()));
    }

    private void make(Seeds.NewComponent component) throws StartFailure {
        try {
            components
                    .add(component.name(), component.secret().reveal())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failure) {
            throw StartFailure.of(
                    "The component \"" + component.name() + "\" of convoke.xmpp.server.components cannot be made",
                    failure);
        }
    }

    private void make(Seeds.NewUser user) throws StartFailure {
        try {
            // Deriving keys takes a moment: not at each start for those that are there.
            if (users.byLocal(user.name()).toCompletableFuture().join().isEmpty()) {
                users.add(user.name(), user.displayName(), user.password().reveal())
                        .toCompletableFuture()
                        .join();
            }
        } catch (CompletionException failure) {
            // Another node of the cluster, started at the same time, was first.
            if (!(failure.getCause() instanceof UserExists)) {
                throw StartFailure.of("The user \"" + user.name() + "\" of convoke.users cannot be made", failure);
            }
        }
    }
}
