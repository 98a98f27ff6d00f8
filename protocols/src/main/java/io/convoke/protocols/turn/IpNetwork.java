package io.convoke.protocols.turn;

/**
 * A network such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. An IPv4 network is kept in mapped form and holds IPv4
 * addresses only, in either form; an IPv6 network, were it {@code ::/0}, holds none of them.
 *
 * @param prefixBits 0..128; of an IPv4 network 96..128
 */
public record IpNetwork(long high, long low, int prefixBits, boolean ipv4) {
    private static final int IPV6_BITS = 128;
    private static final int MAPPED_BITS = 96;

    /**
     * Reads {@code address/bits} or an address alone.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        String ip = slash < 0 ? text : text.substring(0, slash);
        TransportAddress address = IpText.parse(ip);
        if (address == null) {
            throw new IllegalArgumentException(
                    "Expected a network such as 10.0.0.0/8 or 2001:db8::/32, but got \"" + text + "\"");
        }
        boolean dotted = ip.indexOf(':') < 0;
        int most = dotted ? IPV6_BITS - MAPPED_BITS : IPV6_BITS;
        int bits = slash < 0 ? most : bits(text.substring(slash + 1), most, text);
        int prefixBits = dotted ? MAPPED_BITS + bits : bits;
        IpNetwork network = new IpNetwork(
                address.high() & highMask(prefixBits),
                address.low() & lowMask(prefixBits),
                prefixBits,
                address.isIpv4() && prefixBits >= MAPPED_BITS);
        if (network.high != address.high() || network.low != address.low()) {
            throw new IllegalArgumentException(
                    "Expected no bits behind the prefix, as in " + network + ", but got \"" + text + "\"");
        }
        return network;
    }

    /** Whether the address with these halves is in it. */
    public boolean contains(long addressHigh, long addressLow) {
        return ipv4 == TransportAddress.isIpv4(addressHigh, addressLow)
                && ((addressHigh ^ high) & highMask(prefixBits)) == 0
                && ((addressLow ^ low) & lowMask(prefixBits)) == 0;
    }

    /** As it is written in the configuration. */
    @Override
    public String toString() {
        return IpText.of(high, low) + "/" + (ipv4 ? prefixBits - MAPPED_BITS : prefixBits);
    }

    private static int bits(String text, int most, String all) {
        int bits = -1;
        if (!text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            bits = Integer.parseInt(text);
        }
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("Expected a prefix of 0 to " + most + " bits, but got \"" + all + "\"");
        }
        return bits;
    }

    private static long highMask(int prefixBits) {
        return prefixBits >= 64 ? -1 : prefixBits == 0 ? 0 : -1L << (64 - prefixBits);
    }

    private static long lowMask(int prefixBits) {
        return prefixBits <= 64 ? 0 : -1L << (IPV6_BITS - prefixBits);
    }
}
