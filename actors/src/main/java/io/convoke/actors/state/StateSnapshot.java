package io.convoke.actors.state;

/**
 * What one actor says about itself at this moment.
 *
 * @param kind {@code callbridges}, {@code conferences}, {@code call-legs}, {@code guests}, {@code relays}, {@code c2w-links}
 * @param id the actor's identifier within its kind
 * @param node name of the node it lives on
 * @param json a JSON object with at least id, kind, node, since and state; never a secret
 */
public record StateSnapshot(String kind, String id, String node, String json) implements ClusterMessage {}
