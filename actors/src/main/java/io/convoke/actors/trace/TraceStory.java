package io.convoke.actors.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Picks one story out of many events. A person's story is every event with an identifier of theirs, found from one
 * identifier to the next through the events that carry two of them, and what happened to their conference while they
 * were there. A conference's story is all its events and the stories of everyone who was in it.
 */
final class TraceStory {
    static final Comparator<TraceEvent> ORDER = Comparator.comparing(TraceEvent::at)
            .thenComparingLong(TraceEvent::sequence)
            .thenComparing(TraceEvent::node);

    /** What happens to a conference just after somebody left is still part of their story: that it ended, above all. */
    private static final Duration AFTERMATH = Duration.ofSeconds(1);

    private TraceStory() {}

    static List<TraceEvent> tell(List<TraceEvent> events, TraceQuery query) {
        TraceLinks links = TraceLinks.of(query);
        expand(events, links);
        return finish(select(events, links), links);
    }

    /** Adds the identifiers that the events tie to those known, until there is none left; answers if any was new. */
    static boolean expand(List<TraceEvent> events, TraceLinks links) {
        boolean grew = false;
        boolean again = true;
        while (again) {
            again = false;
            for (TraceEvent event : events) {
                again |= links.learn(event);
            }
            grew |= again;
        }
        return grew;
    }

    static List<TraceEvent> select(List<TraceEvent> events, TraceLinks links) {
        return events.stream().filter(event -> wants(event, links)).toList();
    }

    /** Whether the event may belong to the story; {@link #finish} drops some that turn out not to. */
    static boolean wants(TraceEvent event, TraceLinks links) {
        return links.isOfPerson(event) || links.isOfConference(event.ids()) || links.isOfSurroundings(event.ids());
    }

    /** Orders what all nodes selected, once each, and leaves out what happened around people before and after their stay. */
    static List<TraceEvent> finish(List<TraceEvent> selected, TraceLinks links) {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (TraceEvent event : selected) {
            if (links.isOfPerson(event)) {
                first = event.at().isBefore(first) ? event.at() : first;
                last = event.at().isAfter(last) ? event.at() : last;
            }
        }
        Instant end = last.equals(Instant.MIN) ? last : last.plus(AFTERMATH);
        Set<String> seen = new HashSet<>();
        List<TraceEvent> story = new ArrayList<>();
        for (TraceEvent event : selected) {
            boolean during = !event.at().isBefore(first) && !event.at().isAfter(end);
            boolean wanted = links.isOfPerson(event) || links.isOfConference(event.ids()) || during;
            if (wanted && seen.add(event.node() + " " + event.sequence() + " " + event.at())) {
                story.add(event);
            }
        }
        story.sort(ORDER);
        return List.copyOf(story);
    }
}
