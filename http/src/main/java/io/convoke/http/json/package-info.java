/** JSON (RFC 8259) on the outside of the program: strict when reading, RFC 3339 times when writing. */
@NullMarked
package io.convoke.http.json;

import org.jspecify.annotations.NullMarked;
