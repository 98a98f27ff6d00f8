package io.convoke.protocols.stun;

/** Message types: the 12-bit method with the two class bits mixed in at bits 4 and 8 (RFC 8489 §5). */
public final class StunType {
    public static final int BINDING_REQUEST = 0x0001;
    public static final int BINDING_INDICATION = 0x0011;
    public static final int BINDING_SUCCESS = 0x0101;
    public static final int BINDING_ERROR = 0x0111;

    // RFC 8656 §17
    public static final int ALLOCATE_REQUEST = 0x0003;
    public static final int REFRESH_REQUEST = 0x0004;
    public static final int SEND_INDICATION = 0x0016;
    public static final int DATA_INDICATION = 0x0017;
    public static final int CREATE_PERMISSION_REQUEST = 0x0008;
    public static final int CHANNEL_BIND_REQUEST = 0x0009;

    // RFC 6062 §6.1
    public static final int CONNECT_REQUEST = 0x000A;
    public static final int CONNECTION_BIND_REQUEST = 0x000B;
    public static final int CONNECTION_ATTEMPT_INDICATION = 0x001C;

    private static final int CLASS_MASK = 0x0110;
    private static final int INDICATION_CLASS = 0x0010;
    private static final int SUCCESS_CLASS = 0x0100;
    private static final int ERROR_CLASS = 0x0110;

    private StunType() {}

    /** Whether a message of this type asks for an answer. */
    public static boolean isRequest(int type) {
        return (type & CLASS_MASK) == 0;
    }

    /** Whether a message of this type is never answered. */
    public static boolean isIndication(int type) {
        return (type & CLASS_MASK) == INDICATION_CLASS;
    }

    /** Whether a message of this type answers a request. */
    public static boolean isResponse(int type) {
        return (type & SUCCESS_CLASS) != 0;
    }

    /** The method's number, such as 0x003 for Allocate, of whatever class. */
    public static int method(int type) {
        return (type & 0x000F) | (type & 0x00E0) >> 1 | (type & 0x3E00) >> 2;
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
