package io.convoke.protocols.xmpp.xml;

/** What a stream's bytes meant. */
public sealed interface StreamEvent {
    /** {@code <stream:stream …>}; {@code header} has no content, and the namespace that it stands in. {@code contentNamespace} is the default one declared. */
    record Opened(Element header, String contentNamespace) implements StreamEvent {}

    /** One whole element of depth 1. Elements of the content namespace come in {@code jabber:client}. {@code lengthBytes} on the wire. */
    record Stanza(Element element, int lengthBytes) implements StreamEvent {}

    /**
     * A stanza to hand on as it came ({@link StreamParser#routing}): {@code head} is its start tag, in {@code jabber:client} and without content; {@code
     * bytes} are the whole stanza, well-formed and within the limits, and stand in the stream's content namespace. They belong to the receiver.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record RawStanza(Element head, byte[] bytes) implements StreamEvent {}

    /** {@code </stream:stream>}. */
    record Closed() implements StreamEvent {}

    /** Not well-formed, not allowed or beyond a limit: the stream is over, nothing else comes. {@code condition} is RFC 6120 §4.9.3's name. */
    record Violated(String condition, String text) implements StreamEvent {}
}
