package io.convoke.actors.callbridge;

import io.convoke.actors.node.StateJson;
import io.convoke.media.sfu.SessionSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A media session for people who debug: as a JSON object. */
final class MediaDescription {
    private MediaDescription() {}

    static String none(String why) {
        return StateJson.write(Map.of("state", "none", "detail", why));
    }

    static String of(SessionSnapshot snapshot, int callNumber) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("state", snapshot.state().name().toLowerCase(java.util.Locale.ROOT));
        map.put("call", callNumber);
        map.put("ice", snapshot.iceState());
        map.put("remoteAddress", snapshot.remoteAddress());
        map.put("dtls", snapshot.dtlsVersion());
        map.put("dtlsCipher", snapshot.dtlsCipher());
        map.put("srtp", snapshot.srtpProfile());
        map.put("incoming", snapshot.incoming());
        map.put("outgoing", snapshot.outgoing());
        return StateJson.write(map);
    }
}
