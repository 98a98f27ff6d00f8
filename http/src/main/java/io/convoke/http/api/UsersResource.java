package io.convoke.http.api;

import akka.http.javadsl.model.HttpResponse;
import io.convoke.actors.trace.Ids;
import io.convoke.actors.user.User;
import io.convoke.actors.user.UserChange;
import io.convoke.actors.user.UserDirectory;
import io.convoke.actors.user.UserExists;
import io.convoke.actors.user.UserRule;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /users}: people with an account. Passwords go in and never come out. */
final class UsersResource {
    private final UserDirectory users;
    private final String domain;
    private final AuditLog audit;

    /** @param domain the XMPP domain, which follows the @ of every user's address */
    UsersResource(UserDirectory users, String domain, AuditLog audit) {
        this.users = users;
        this.domain = domain;
        this.audit = audit;
    }

    CompletionStage<HttpResponse> list(ApiRequest request) {
        Page page = Page.of(request.form());
        return users.all().thenApply(all -> {
            List<User> matching = page.matching(all, user -> user.name() + "\n" + jid(user));
            List<ApiAnswer.Item> items =
                    page.cut(matching).stream().map(this::item).toList();
            return ApiAnswer.list(request.wantsJson(), "users", "user", matching.size(), items);
        });
    }

    CompletionStage<HttpResponse> show(ApiRequest request) {
        return users.byId(id(request)).thenApply(found -> {
            User user = found.orElseThrow(UsersResource::unknown);
            return ApiAnswer.one(request.wantsJson(), "user", item(user));
        });
    }

    CompletionStage<HttpResponse> add(ApiRequest request) {
        Form form = request.form();
        String local = local(form.required("userJid"));
        String name = name(form.get("name", ""));
        String password = password(form.required("password"));
        return users.add(local, name, password).handle(UsersResource::added).thenApply(user -> {
            audit.record(request, Ids.none(), "created new user " + user.id() + " (" + jid(user) + ")");
            return ApiAnswer.created(ApiRoutes.BASE + "users/" + user.id());
        });
    }

    CompletionStage<HttpResponse> change(ApiRequest request) {
        Form form = request.form();
        UserChange change = new UserChange(
                form.find("userJid").map(jid -> local(form.required("userJid"))).orElse(null),
                form.find("name").map(UsersResource::name).orElse(null),
                form.find("password")
                        .map(password -> password(form.required("password")))
                        .orElse(null));
        return users.change(id(request), change).handle(UsersResource::added).thenApply(found -> {
            User user = found.orElseThrow(UsersResource::unknown);
            audit.record(
                    request,
                    Ids.none(),
                    "modified user " + user.id() + " (" + jid(user) + ")"
                            + (change.password() == null ? "" : ", with a new password"));
            return ApiAnswer.done();
        });
    }

    CompletionStage<HttpResponse> remove(ApiRequest request) {
        UUID id = id(request);
        return users.remove(id).thenApply(removed -> {
            if (!removed) {
                throw unknown();
            }
            audit.record(request, Ids.none(), "deleted user " + id);
            return ApiAnswer.done();
        });
    }

    private static <T> T added(T result, @Nullable Throwable failure) {
        if (failure == null) {
            return result;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof UserExists) {
            throw ApiFailure.of(400, "duplicateUserJid", "There is a user with that address already.");
        }
        throw new CompletionException(cause);
    }

    private String local(String jid) {
        int at = jid.indexOf('@');
        if (at >= 0 && !jid.substring(at + 1).equalsIgnoreCase(domain)) {
            throw ApiFailure.parameter(
                    "userJid",
                    "valueInvalid",
                    "Users are of the domain " + domain + "; the part before the @ suffices.");
        }
        return UserRule.local(at < 0 ? jid : jid.substring(0, at))
                .orElseThrow(() -> ApiFailure.parameter(
                        "userJid", "valueInvalid", "The part before the @ has characters that no address may have."));
    }

    private static String name(String name) {
        if (!UserRule.isName(name)) {
            throw ApiFailure.parameter(
                    "name",
                    "valueInvalid",
                    "The name must have at most 200 characters, none of them control characters.");
        }
        return name;
    }

    private static String password(String password) {
        if (!UserRule.isPassword(password)) {
            throw ApiFailure.parameter(
                    "password",
                    password.length() < UserRule.MIN_PASSWORD ? "valueTooShort" : "valueInvalid",
                    "The password must have " + UserRule.MIN_PASSWORD + " to " + UserRule.MAX_PASSWORD
                            + " characters, none of them control characters.");
        }
        return password;
    }

    private static UUID id(ApiRequest request) {
        return Guids.parse(request.id()).orElseThrow(UsersResource::unknown);
    }

    private ApiAnswer.Item item(User user) {
        return ApiAnswer.Item.of(user.id().toString())
                .with("userJid", jid(user))
                .with("name", user.name());
    }

    private String jid(User user) {
        return user.local() + "@" + domain;
    }

    private static ApiFailure unknown() {
        return ApiFailure.of(404, "userDoesNotExist", "There is no user with that ID.");
    }
}
