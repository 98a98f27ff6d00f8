package io.convoke.actors.callbridge;

import io.convoke.media.sfu.Sfu;
import io.convoke.media.sfu.SfuConference;
import java.util.List;
import java.util.UUID;

/** Where a callbridge's media runs. */
public interface MediaPort {
    /** A conference without sessions. The caller closes it. */
    SfuConference openConference(UUID mediaGuid);

    /** Addresses and port, for people. */
    List<String> addresses();

    /** A forwarding unit in this process; its owner closes it. */
    static MediaPort of(Sfu sfu) {
        return new MediaPort() {
            @Override
            public SfuConference openConference(UUID mediaGuid) {
                return sfu.openConference(mediaGuid);
            }

            @Override
            public List<String> addresses() {
                return sfu.localAddresses().stream()
                        .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                        .toList();
            }
        };
    }
}
