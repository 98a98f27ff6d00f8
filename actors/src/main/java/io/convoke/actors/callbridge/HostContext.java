package io.convoke.actors.callbridge;

import io.convoke.actors.node.NodeContext;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a callbridge's children share.
 *
 * @param incarnation new at each start of the callbridge
 * @param callNumbers the last number given to a call; counts up from 0
 */
record HostContext(
        CoreSettings settings,
        NodeContext node,
        MediaPort media,
        Entities entities,
        UUID incarnation,
        AtomicInteger callNumbers) {}
