package io.convoke.actors.xmpp.server;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The core nodes as this one's membership has them. Their posts are told by the posts themselves. */
final class ClusterNodes implements UserNodes {
    private static final Set<MemberStatus> THERE =
            Set.of(MemberStatus.joining(), MemberStatus.weaklyUp(), MemberStatus.up());

    private final Cluster cluster;
    private final String own;
    private final Supplier<Optional<ActorRef<StanzaPost.Command>>> ownPost;
    private final ComponentDirectory directory;

    ClusterNodes(
            ActorSystem<?> system,
            Supplier<Optional<ActorRef<StanzaPost.Command>>> ownPost,
            ComponentDirectory directory) {
        this.cluster = Cluster.get(system);
        this.own = uid(cluster.selfMember().uniqueAddress());
        this.ownPost = ownPost;
        this.directory = directory;
    }

    static String uid(UniqueAddress node) {
        return Long.toHexString(node.longUid());
    }

    @Override
    public Set<String> all() {
        Set<String> uids = new HashSet<>();
        for (Member member : cluster.state().getMembers()) {
            if (THERE.contains(member.status())) {
                uids.add(uid(member.uniqueAddress()));
            }
        }
        return uids;
    }

    @Override
    public Set<String> reachable() {
        Set<String> uids = all();
        cluster.state().getUnreachable().forEach(member -> uids.remove(uid(member.uniqueAddress())));
        return uids;
    }

    @Override
    public Optional<ActorRef<StanzaPost.Command>> post(String uid) {
        return uid.equals(own) ? ownPost.get() : directory.node(uid);
    }
}
