package io.convoke.protocols.xmpp.xml;

/**
 * What one stream may bring at most.
 *
 * @param maxStanzaBytes bytes of one stanza, its tags included
 * @param maxDepth elements within each other in one stanza, the stanza itself being 1
 * @param maxAttributes attributes and namespace declarations of one element
 * @param maxChildren elements in one stanza
 */
public record StreamLimits(int maxStanzaBytes, int maxDepth, int maxAttributes, int maxChildren) {}
