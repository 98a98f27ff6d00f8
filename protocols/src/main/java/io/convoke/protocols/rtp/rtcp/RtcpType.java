package io.convoke.protocols.rtp.rtcp;

/** Packet types, feedback formats and sizes on the wire. */
public final class RtcpType {
    /** Sender report (RFC 3550 §6.4.1). */
    public static final int SENDER_REPORT = 200;
    /** Receiver report (RFC 3550 §6.4.2). */
    public static final int RECEIVER_REPORT = 201;
    /** Source description (RFC 3550 §6.5). */
    public static final int SOURCE_DESCRIPTION = 202;
    /** Goodbye (RFC 3550 §6.6). */
    public static final int BYE = 203;
    /** Transport-layer feedback (RFC 4585 §6.2). */
    public static final int TRANSPORT_FEEDBACK = 205;
    /** Payload-specific feedback (RFC 4585 §6.3). */
    public static final int PAYLOAD_FEEDBACK = 206;

    /** Format of {@link #TRANSPORT_FEEDBACK}: generic NACK. */
    public static final int FORMAT_NACK = 1;
    /** Format of {@link #PAYLOAD_FEEDBACK}: picture loss indication. */
    public static final int FORMAT_PLI = 1;
    /** Format of {@link #PAYLOAD_FEEDBACK}: full intra request. */
    public static final int FORMAT_FIR = 4;
    /** Format of {@link #PAYLOAD_FEEDBACK}: application layer, among them REMB. */
    public static final int FORMAT_APPLICATION = 15;

    static final int HEADER_BYTES = 4;
    static final int SENDER_INFO_BYTES = 20;
    static final int REPORT_BLOCK_BYTES = 24;
    static final int FEEDBACK_HEADER_BYTES = 12;
    static final int REMB_NAME = 0x52454D42; // "REMB"
    static final int CNAME_ITEM = 1;

    private RtcpType() {}
}
