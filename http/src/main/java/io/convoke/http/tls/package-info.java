/**
 * Certificates and keys: read from PEM files (RFC 7468), made for development, and turned into TLS contexts (RFC 8446) that follow their files when
 * these change.
 */
@NullMarked
package io.convoke.http.tls;

import org.jspecify.annotations.NullMarked;
