package io.convoke.node;

import java.util.List;

/** What a check has to say. */
record CheckOutcome(boolean isGood, List<String> lines) {}
