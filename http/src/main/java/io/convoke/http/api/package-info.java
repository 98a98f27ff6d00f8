/**
 * The original's REST API, version 1, as far as it is there: form-encoded parameters in, XML or JSON out, HTTP Basic on each request. Left out of its
 * transport rules: the API trace in the log, tokens instead of passwords, and more than one page size.
 */
@NullMarked
package io.convoke.http.api;

import org.jspecify.annotations.NullMarked;
