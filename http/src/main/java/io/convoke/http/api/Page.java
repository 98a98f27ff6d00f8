package io.convoke.http.api;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The part of a list that a request asks for with {@code offset}, {@code limit} and {@code filter}; never more than {@link #MOST}. */
record Page(int offset, int limit, String filter) {
    static final int MOST = 20;

    static Page of(Form form) {
        return new Page(whole(form, "offset", 0), Math.min(MOST, whole(form, "limit", MOST)), form.get("filter", ""));
    }

    /** Those in whose {@code text} the filter occurs, whatever its case. */
    <T> List<T> matching(List<T> all, Function<T, String> text) {
        String wanted = filter.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(one -> text.apply(one).toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }

    <T> List<T> cut(List<T> matching) {
        return matching.stream().skip(offset).limit(limit).toList();
    }

    private static int whole(Form form, String name, int otherwise) {
        String text = form.get(name, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw ApiFailure.parameter(name, "valueInvalid", "The parameter " + name + " must be a whole number.");
        }
        return Integer.parseInt(text);
    }
}
