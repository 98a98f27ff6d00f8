/** Bodies of requests, read within bounds of size and time. */
@NullMarked
package io.convoke.http.body;

import org.jspecify.annotations.NullMarked;
