package io.convoke.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import io.convoke.http.admin.BasicGuard;
import io.convoke.http.admin.PasswordCheck;
import io.convoke.http.api.ApiRoutes;
import io.convoke.http.api.ApiSettings;
import io.convoke.http.webadmin.WebAdminRoutes;

/** What administrators are served: the API and the web admin. */
public final class AdminHttp {
    private AdminHttp() {}

    /**
     * The routes, for {@link HttpServer#start} with the same {@code server}, beside others.
     *
     * @param credentials the administrator's
     */
    public static Route routes(
            ActorSystem<?> system,
            HttpSettings server,
            ApiSettings settings,
            PasswordCheck.Credentials credentials,
            ApiRoutes.Services services) {
        BasicGuard guard = new BasicGuard(new PasswordCheck(system, credentials), server.tls() != null);
        return Directives.concat(
                new ApiRoutes(system, guard, settings, services).routes(), new WebAdminRoutes(guard).routes());
    }
}
