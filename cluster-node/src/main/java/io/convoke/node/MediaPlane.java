package io.convoke.node;

import io.convoke.media.sfu.Sfu;
import io.convoke.media.sfu.SfuSettings;
import io.convoke.node.settings.NodeSettings;
import java.io.IOException;

/** Starts the forwarding unit on the addresses that the settings name. */
final class MediaPlane {
    private MediaPlane() {}

    static Sfu start(NodeSettings.Media media) throws StartFailure {
        SfuSettings settings = new SfuSettings(
                MediaAddresses.of(media.addresses()),
                media.port(),
                media.sendBufferBytes(),
                media.receiveBufferBytes(),
                media.maxSessions(),
                media.maxHandshakes(),
                media.dtlsThreads(),
                media.handshakeTimeout(),
                media.iceTimeout(),
                media.consentTimeout(),
                media.maxVideoBitrateBps(),
                media.maxSdpBytes(),
                media.maxSections(),
                media.resendCachePackets(),
                media.publicAddress().isEmpty() ? null : media.publicAddress());
        try {
            return Sfu.start(settings);
        } catch (IOException failure) {
            throw new StartFailure(
                    "Media cannot be received on UDP port " + media.port() + " of "
                            + settings.addresses().stream()
                                    .map(address -> address.getHostAddress())
                                    .toList()
                            + " (" + failure.getMessage() + "). Set convoke.media.port or convoke.media.addresses.",
                    failure);
        }
    }
}
