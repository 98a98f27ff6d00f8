package io.convoke.media.sfu;

import io.convoke.protocols.ice.IceCandidates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The candidate lines of every answer: each address listened on, and before them the one by which the outside knows this node. */
final class Candidates {
    private Candidates() {}

    static List<String> lines(SfuSettings settings, int port) throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        String outside = settings.publicAddress();
        if (outside != null) {
            addresses.add(new InetSocketAddress(InetAddress.getByName(outside), port));
        }
        for (InetAddress address : settings.addresses()) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return IceCandidates.hostLines(addresses.stream().distinct().toList());
    }
}
