package io.convoke.protocols.xmpp.xml;

/** Stream errors that XML can cause (RFC 6120 §4.9.3), as on the wire: this package stands below the one that has them all. */
final class Conditions {
    static final String BAD_FORMAT = "bad-format";
    static final String ENCODING = "unsupported-encoding";
    static final String NOT_WELL_FORMED = "not-well-formed";
    static final String POLICY = "policy-violation";
    static final String RESTRICTED = "restricted-xml";

    private Conditions() {}
}
