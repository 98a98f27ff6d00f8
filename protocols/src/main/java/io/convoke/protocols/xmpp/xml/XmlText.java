package io.convoke.protocols.xmpp.xml;

/** Character data, as characters: not escaped. */
public record XmlText(String text) implements XmlNode {}
