package io.convoke.http.api;

import akka.http.javadsl.model.HttpRequest;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a body says it is. Clients of the original leave the type out, or write it in ways that are none; only what is clearly something else is refused. */
final class FormType {
    private static final Pattern SOMETHING_ELSE = Pattern.compile(".*(json|xml|multipart/).*");

    private FormType() {}

    static boolean mayBeForm(HttpRequest request) {
        String type = request.entity().getContentType().toString().toLowerCase(Locale.ROOT);
        return !SOMETHING_ELSE.matcher(type).matches();
    }
}
