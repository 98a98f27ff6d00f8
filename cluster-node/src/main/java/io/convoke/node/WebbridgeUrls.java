package io.convoke.node;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The web bridges that the configuration names. */
final class WebbridgeUrls {
    private WebbridgeUrls() {}

    static List<URI> of(List<String> texts) throws StartFailure {
        List<URI> urls = new ArrayList<>();
        for (String text : texts) {
            if (!text.matches("c2w://([^:/\\[\\]]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}")) {
                throw new StartFailure("convoke.c2w.webbridges: expected c2w://host:port, but found \"" + text + "\"");
            }
            urls.add(URI.create(text));
        }
        return List.copyOf(urls);
    }
}
