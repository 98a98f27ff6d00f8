/** Errors as {@code application/problem+json} (RFC 9457) with a stable {@code code}, for all that can go wrong with a request, Akka HTTP's own refusals included. */
@NullMarked
package io.convoke.http.problem;

import org.jspecify.annotations.NullMarked;
