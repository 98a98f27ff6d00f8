package io.convoke.protocols.turn;

/** Families of relayed addresses, with their number on the wire (RFC 8656 §18.6). */
public enum AddressFamily {
    IPV4(1),
    IPV6(2);

    private final int number;

    AddressFamily(int number) {
        this.number = number;
    }

    /** 1 for IPv4, 2 for IPv6. */
    public int number() {
        return number;
    }

    /** The address's own. */
    public static AddressFamily of(TransportAddress address) {
        return address.isIpv4() ? IPV4 : IPV6;
    }
}
