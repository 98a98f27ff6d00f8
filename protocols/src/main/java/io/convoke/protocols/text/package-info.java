/**
 * Preparing names and passwords before they are compared or hashed: SASLprep (RFC 4013) and its successor OpaqueString
 * (RFC 8265 §4.2). Which characters are assigned, and their properties, are those of the JDK's Unicode version.
 */
@NullMarked
package io.convoke.protocols.text;

import org.jspecify.annotations.NullMarked;
