package io.convoke.protocols.stun;

/** Message types: the 12-bit method with the two class bits mixed in at bits 4 and 8 (RFC 8489 §5). */
public final class StunType {
    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_INDICATION = 0x0011;
    public static final int BINDING_SUCCESS = 0x0101;
    public static final int BINDING_ERROR = 0x0111;

    private static final int CLASS_MASK = 0x0110;
    private static final int SUCCESS_CLASS = 0x0100;
    private static final int ERROR_CLASS = 0x0110;

    private StunType() {}

    /** Whether a message of this type asks for an answer. */
    public static boolean isRequest(int type) {
        return (type & CLASS_MASK) == 0;
    }

    /** Type of the success response to a request of this type. */
    public static int successOf(int requestType) {
        return (requestType & ~CLASS_MASK) | SUCCESS_CLASS;
    }

    /** Type of the error response to a request of this type. */
    public static int errorOf(int requestType) {
        return (requestType & ~CLASS_MASK) | ERROR_CLASS;
    }
}
