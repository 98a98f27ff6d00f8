package io.convoke.protocols.sdp;

import java.util.List;

/**
 * One section on its way from offer to answer.
 *
 * @param direction ours
 * @param codecLines attributes of the answer that depend on what was offered: extensions, codec, feedback
 */
record SectionPlan(MediaSection offered, Section section, Direction direction, List<Attribute> codecLines) {}
