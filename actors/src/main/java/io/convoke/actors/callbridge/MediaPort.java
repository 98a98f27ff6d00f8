package io.convoke.actors.callbridge;

import io.convoke.media.sfu.Sfu;
import io.convoke.media.sfu.SfuConference;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Where a callbridge's media runs. */
public interface MediaPort {
    /** A conference without sessions. The caller closes it. */
    SfuConference openConference(UUID mediaGuid);

    /** Where media is taken, as {@code address:port}: for people, and for relays, which reach nothing else. */
    List<String> addresses();

    /** A forwarding unit in this process; its owner closes it. {@code publicAddress}: of a NAT in front of it; empty where there is none. */
    static MediaPort of(Sfu sfu, String publicAddress) {
        return new MediaPort() {
            @Override
            public SfuConference openConference(UUID mediaGuid) {
                return sfu.openConference(mediaGuid);
            }

            @Override
            public List<String> addresses() {
                List<InetSocketAddress> local = sfu.localAddresses();
                Set<String> all = new LinkedHashSet<>();
                local.forEach(address -> all.add(address.getAddress().getHostAddress() + ":" + address.getPort()));
                if (!publicAddress.isEmpty()) {
                    local.forEach(address -> all.add(publicAddress + ":" + address.getPort()));
                }
                return List.copyOf(all);
            }
        };
    }
}
