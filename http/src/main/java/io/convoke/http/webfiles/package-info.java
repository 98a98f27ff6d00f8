/** The files of web app and web admin, in the program itself. */
@NullMarked
package io.convoke.http.webfiles;

import org.jspecify.annotations.NullMarked;
