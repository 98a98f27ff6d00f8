/** Certificates that Convoke makes for itself where the operator has named none: self-signed, ECDSA on P-256, as PEM files (RFC 5280, RFC 7468). */
@NullMarked
package io.convoke.node.certificates;

import org.jspecify.annotations.NullMarked;
