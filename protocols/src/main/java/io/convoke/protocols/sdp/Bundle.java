package io.convoke.protocols.sdp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The offer's BUNDLE group (RFC 9143 §7): the first, if there are several; sections elsewhere are not taken. */
final class Bundle {
    /** The longest mid a two-byte header extension may be asked to carry is 255; nobody needs a tenth of it. */
    private static final int MAX_MID_CHARS = 64;

    private final Sdp offer;
    private final Map<String, MediaSection> byMid = new HashMap<>();
    private List<String> mids = List.of();

    Bundle(Sdp offer) {
        this.offer = offer;
    }

    @Nullable
    Rejected check() {
        for (MediaSection section : offer.sections()) {
            String mid = section.mid();
            if (mid != null && (!Tokens.isToken(mid, "") || mid.length() > MAX_MID_CHARS)) {
                return new Rejected("badMid", "a=mid:<token of at most " + MAX_MID_CHARS + " characters>", mid);
            }
            if (mid != null && byMid.put(mid, section) != null) {
                return new Rejected("duplicateMid", "a mid of its own for each media section", "mid " + mid + " twice");
            }
        }
        return checkGroup();
    }

    private @Nullable Rejected checkGroup() {
        String group = offer.values("group").stream()
                .filter(g -> g.equals("BUNDLE") || g.startsWith("BUNDLE "))
                .findFirst()
                .orElse(null);
        if (group == null) {
            return new Rejected("noBundle", "a=group:BUNDLE with the mids of all media sections", "no BUNDLE group");
        }
        List<String> named = List.of(group.substring("BUNDLE".length()).trim().split(" +"));
        mids = named.equals(List.of("")) ? List.of() : named;
        for (String mid : mids) {
            if (!byMid.containsKey(mid)) {
                return new Rejected("badBundle", "a=group:BUNDLE with mids of media sections", "unknown mid " + mid);
            }
        }
        return mids.stream().distinct().count() == mids.size()
                ? null
                : new Rejected("badBundle", "a=group:BUNDLE with each mid once", group);
    }

    /** Named by the group and not stopped. */
    boolean holds(MediaSection section) {
        String mid = section.mid();
        return mid != null && mids.contains(mid) && !section.stopped();
    }

    /** Mids in the group's order. */
    List<String> mids() {
        return mids;
    }

    /** The group's sections that are not stopped, in its order: the first that says something about the transport counts. */
    List<MediaSection> sections() {
        return mids.stream()
                .map(mid -> Objects.requireNonNull(byMid.get(mid))) // each was looked up in check()
                .filter(this::holds)
                .toList();
    }
}
