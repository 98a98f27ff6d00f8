package io.convoke.protocols.turn;

/** Which socket an answer leaves from (CHANGE-REQUEST, RFC 5780 §7.2), seen from the listener the request came to. */
public enum ReplyFrom {
    SAME,
    OTHER_PORT,
    OTHER_ADDRESS,
    OTHER_ADDRESS_AND_PORT
}
