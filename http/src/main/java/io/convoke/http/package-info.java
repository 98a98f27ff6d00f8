/** The HTTP servers of a process: {@link io.convoke.http.HttpServer} serves the edge's routes, the core's, or both on one port. */
@NullMarked
package io.convoke.http;

import org.jspecify.annotations.NullMarked;
