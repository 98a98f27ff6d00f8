/**
 * XML as XMPP uses it (RFC 6120 §11): elements as values, and their text on the wire. No comments, processing instructions, document types or
 * entities other than the five predefined ones.
 */
@NullMarked
package io.convoke.protocols.xmpp.xml;

import org.jspecify.annotations.NullMarked;
