package io.convoke.protocols.xmpp.registration;

/** The twelve steps from a configuration to a login (src/docs/xmpp-callbridge.md). */
public enum Step {
    PRECONDITION(1, "precondition"),
    CONFIGURATION(2, "configuration"),
    PORT(3, "port"),
    SERVICE_RECORDS(4, "SRV look-up"),
    ADDRESSES(5, "address look-up"),
    CONNECT(6, "TCP connection"),
    TLS(7, "TLS handshake"),
    CERTIFICATE(8, "certificate check"),
    REGISTER(9, "registration"),
    VALIDATE(10, "validation"),
    ACTIVE(11, "active"),
    USE(12, "in use");

    private final int number;
    private final String words;

    Step(int number, String words) {
        this.number = number;
        this.words = words;
    }

    /** 1 to 12. */
    public int number() {
        return number;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
