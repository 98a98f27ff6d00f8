package io.convoke.protocols.srtp;

/** A cipher of RTCP, whose packets carry their index. */
interface RtcpPacketCipher extends PacketCipher {
    /** Distance from the start of a protected packet of this length to its {@link SrtcpIndex} word. */
    int indexWordAt(int length);
}
