package io.convoke.actors.c2w;

/** Why there is no C2W link, or no longer one; the words are for the operator and hold no secrets. */
public final class C2wFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** The causes that an operator can do something about. */
    public enum Reason {
        /** Certificate, key or trust bundle missing in the configuration. */
        NOT_CONFIGURED,
        /** The web bridge's name does not resolve. */
        DNS,
        /** Nothing listens there. */
        CONNECT_REFUSED,
        /** No answer in time. */
        CONNECT_TIMEOUT,
        /** The peer's certificate has expired. */
        CERTIFICATE_EXPIRED,
        /** The peer's certificate is not valid yet. */
        CERTIFICATE_NOT_YET_VALID,
        /** The peer's certificate is not in the C2W trust bundle. */
        UNTRUSTED,
        /** The peer's certificate is for another name. */
        NAME_MISMATCH,
        /** The peer did not take our certificate, or got none. */
        CLIENT_CERTIFICATE_REFUSED,
        /** The peer speaks another version of C2W. */
        VERSION,
        /** The peer, or this side on purpose, closed the link. */
        CLOSED,
        /** The peer sent something that is no C2W. */
        PROTOCOL
    }

    private final Reason reason;

    public C2wFailure(Reason reason, String words) {
        super(words);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** For people: what was expected and what was found. */
    public String words() {
        String words = getMessage();
        return words == null ? reason.name() : words;
    }
}
