package io.convoke.protocols.xmpp.xml;

/** What an element contains. */
public sealed interface XmlNode permits Element, XmlText {}
