package io.convoke.protocols.xmpp.component;

import io.convoke.protocols.xmpp.Jid;
import org.jspecify.annotations.Nullable;

/** Which addresses are a component's own (XEP-0114 §3): those of its domain. Most components say the same again and again: that one is not read twice. */
final class OwnDomain {
    private final Jid domain;
    private @Nullable String last;

    OwnDomain(Jid domain) {
        this.domain = domain;
    }

    boolean has(String address) {
        if (address.equals(last)) {
            return true;
        }
        boolean own = Jid.parse(address)
                .filter(jid -> jid.domain().equals(domain.domain()))
                .isPresent();
        last = own ? address : last;
        return own;
    }
}
