package io.convoke.media.xmpp;

import io.convoke.protocols.xmpp.Jid;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which component of this node has which domain. Safe from any thread. */
final class ComponentTable {
    private final ConcurrentHashMap<String, ComponentSocket> byDomain = new ConcurrentHashMap<>();

    /** Takes the name; who has it already is answered, and null where it is the caller's from now on. */
    @Nullable
    ComponentSocket claim(String name, ComponentSocket component) {
        return byDomain.putIfAbsent(domain(name), component);
    }

    void leave(String name, ComponentSocket component) {
        byDomain.remove(domain(name), component);
    }

    /** The component that stanzas to this address go to; null where none of this node does, or where it is no address. */
    @Nullable
    ComponentSocket find(String address) {
        ComponentSocket found = byDomain.get(domainOf(address));
        return found != null && found.isOpen() ? found : null;
    }

    private static String domain(String name) {
        return Jid.parse(name).map(Jid::domain).orElse(name);
    }

    /** Reading an address in full costs as much as forwarding its stanza: one of plain characters is cut where it must be. */
    private static String domainOf(String address) {
        int length = address.length();
        int begin = 0;
        int end = length;
        for (int index = 0; index < length; index++) {
            char character = address.charAt(index);
            if (character == '/') {
                end = index;
                break;
            }
            if (character == '@' && begin == 0 && index > 0) {
                begin = index + 1;
            } else if (!isPlain(character)) {
                return Jid.parse(address).map(Jid::domain).orElse("");
            }
        }
        if (length > Jid.MAX_PART_BYTES || hasControls(address, end)) {
            return Jid.parse(address).map(Jid::domain).orElse("");
        }
        return begin == 0 && end == length ? address : address.substring(begin, end);
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '.'
                || character == '_';
    }

    private static boolean hasControls(String address, int from) {
        for (int index = from; index < address.length(); index++) {
            char character = address.charAt(index);
            if (character < ' ' || character > '~') {
                return true;
            }
        }
        return false;
    }
}
