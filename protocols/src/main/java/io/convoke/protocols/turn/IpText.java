package io.convoke.protocols.turn;

import org.jspecify.annotations.Nullable;

/** IP addresses as text: written as RFC 5952 has it, read as RFC 4291 §2.2; never a name, zone or port. */
final class IpText {
    private static final int GROUPS = 8;

    private IpText() {}

    /** {@code 192.0.2.1} or {@code 2001:db8::1}. */
    static String of(long high, long low) {
        return TransportAddress.isIpv4(high, low) ? ipv4((int) low) : ipv6(high, low);
    }

    static String withPort(long high, long low, int port) {
        return TransportAddress.isIpv4(high, low) ? ipv4((int) low) + ":" + port : "[" + ipv6(high, low) + "]:" + port;
    }

    private static String ipv4(int ip) {
        return (ip >>> 24) + "." + (ip >>> 16 & 0xFF) + "." + (ip >>> 8 & 0xFF) + "." + (ip & 0xFF);
    }

    private static String ipv6(long high, long low) {
        // §4.2: the longest run of two or more zero groups is shortened, the first of equal ones.
        int runAt = -1;
        int runLength = 1;
        for (int at = 0; at < GROUPS; at++) {
            int end = at;
            while (end < GROUPS && group(high, low, end) == 0) {
                end++;
            }
            if (end - at > runLength) {
                runAt = at;
                runLength = end - at;
            }
            at = Math.max(at, end);
        }
        StringBuilder text = new StringBuilder(39);
        for (int at = 0; at < GROUPS; at++) {
            if (at == runAt) {
                text.append("::");
                at += runLength - 1;
                continue;
            }
            if (at > 0 && at != runAt + runLength) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(high, low, at)));
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> (48 - 16 * (index & 3))) & 0xFFFF;
    }

    /** The address with port 0; null if the text is none. */
    static @Nullable TransportAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long ip = parseIpv4(text);
            return ip < 0 ? null : TransportAddress.ipv4((int) ip, 0);
        }
        return parseIpv6(text);
    }

    private static @Nullable TransportAddress parseIpv6(String text) {
        int gap = text.indexOf("::");
        int[] groups = new int[GROUPS];
        if (gap < 0) {
            return readGroups(text, groups) == GROUPS ? of(groups) : null;
        }
        String tail = text.substring(gap + 2);
        int before = gap == 0 ? 0 : readGroups(text.substring(0, gap), groups);
        int[] last = new int[GROUPS];
        int after = tail.isEmpty() ? 0 : readGroups(tail, last);
        if (before < 0 || after < 0 || before + after >= GROUPS || text.lastIndexOf('.', gap) >= 0) {
            return null;
        }
        System.arraycopy(last, 0, groups, GROUPS - after, after);
        return of(groups);
    }

    /** How many groups there were; -1 if the text is not a list of them. Its last two may be written as IPv4. */
    private static int readGroups(String text, int[] groups) {
        int count = 0;
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                long ip = parseIpv4(parts[i]);
                if (ip < 0 || count > GROUPS - 2) {
                    return -1;
                }
                groups[count++] = (int) (ip >>> 16);
                groups[count++] = (int) ip & 0xFFFF;
                return count;
            }
            if (count == GROUPS || parts[i].isEmpty() || parts[i].length() > 4 || !isAll(parts[i], 16)) {
                return -1;
            }
            groups[count++] = Integer.parseInt(parts[i], 16);
        }
        return count;
    }

    private static long parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long ip = 0;
        for (String part : parts) {
            boolean octal = part.length() > 1 && part.charAt(0) == '0'; // 010 means 8 to some readers and 10 to others
            if (part.isEmpty() || part.length() > 3 || octal || !isAll(part, 10) || Integer.parseInt(part) > 255) {
                return -1;
            }
            ip = ip << 8 | Integer.parseInt(part);
        }
        return ip;
    }

    private static boolean isAll(String digits, int radix) {
        return digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
    }

    private static TransportAddress of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[4 + i];
        }
        return new TransportAddress(high, low, 0);
    }
}
