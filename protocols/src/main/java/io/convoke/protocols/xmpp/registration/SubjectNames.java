package io.convoke.protocols.xmpp.registration;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A certificate's subject alternative names, as far as XMPP knows them (RFC 6120 §13.7.1.2): dNSName, iPAddress, and as otherName XmppAddr
 * (id-on-xmppAddr) and SRVName (RFC 4985).
 */
record SubjectNames(List<String> dns, List<String> addresses, List<String> xmppAddresses, List<String> services) {
    private static final int OTHER_NAME = 0;
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    /** 1.3.6.1.5.5.7.8.5 and .7, id-on-xmppAddr and id-on-dnsSRV. */
    private static final byte[] XMPP_ADDRESS = {0x2B, 6, 1, 5, 5, 7, 8, 5};

    private static final byte[] DNS_SRV = {0x2B, 6, 1, 5, 5, 7, 8, 7};

    /** No names at all where the extension cannot be read. */
    static SubjectNames of(X509Certificate certificate) {
        SubjectNames names =
                new SubjectNames(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try {
            Collection<List<?>> entries = certificate.getSubjectAlternativeNames();
            for (List<?> entry : entries == null ? List.<List<?>>of() : entries) {
                int type = (Integer) entry.get(0);
                if (type == DNS_NAME) {
                    names.dns.add(String.valueOf(entry.get(1)).toLowerCase(Locale.ROOT));
                } else if (type == IP_ADDRESS) {
                    names.addresses.add(String.valueOf(entry.get(1)));
                } else if (type == OTHER_NAME && entry.get(1) instanceof byte[] encoded) {
                    names.addOther(encoded);
                }
            }
        } catch (CertificateParsingException malformed) {
            return new SubjectNames(List.of(), List.of(), List.of(), List.of());
        }
        return names;
    }

    /** {@code OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }}, its own tag universal or, being implicit, the context's. */
    private void addOther(byte[] encoded) {
        DerReader outer = new DerReader(encoded);
        byte[] both = outer.content(outer.tag() == DerReader.CONTEXT_0 ? DerReader.CONTEXT_0 : DerReader.SEQUENCE);
        if (both == null) {
            return;
        }
        DerReader inner = new DerReader(both);
        byte[] type = inner.content(DerReader.OBJECT_IDENTIFIER);
        byte[] value = inner.content(DerReader.CONTEXT_0);
        if (type == null || value == null) {
            return;
        }
        // The JDK up to 17 wraps the value once more than it came.
        DerReader wrapped = new DerReader(value);
        byte[] unwrapped = wrapped.tag() == DerReader.CONTEXT_0 ? wrapped.content(DerReader.CONTEXT_0) : value;
        String text = unwrapped == null ? null : new DerReader(unwrapped).text();
        if (text == null) {
            return;
        }
        if (Arrays.equals(type, XMPP_ADDRESS)) {
            xmppAddresses.add(text.toLowerCase(Locale.ROOT));
        } else if (Arrays.equals(type, DNS_SRV)) {
            services.add(text.toLowerCase(Locale.ROOT));
        }
    }

    List<String> forPeople() {
        List<String> all = new ArrayList<>(dns);
        all.addAll(addresses);
        xmppAddresses.forEach(name -> all.add("XmppAddr:" + name));
        services.forEach(name -> all.add("SRVName:" + name));
        return List.copyOf(all);
    }

    /** Whether a dNSName entry is that host's; a wildcard stands for the whole left-most label and for nothing else (RFC 9525 §6.3). */
    boolean hasDns(String host) {
        String rest = host.indexOf('.') > 0 ? host.substring(host.indexOf('.')) : "";
        return dns.stream()
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .anyMatch(name -> name.equals(host)
                        || (name.startsWith("*.")
                                && name.indexOf('*', 1) < 0
                                && name.substring(1).equals(rest)
                                && rest.indexOf('.', 1) > 0));
    }
}
