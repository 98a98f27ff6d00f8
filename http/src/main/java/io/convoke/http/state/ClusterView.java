package io.convoke.http.state;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.ClusterEvent;
import akka.cluster.Member;
import akka.cluster.sharding.typed.ClusterShardingQuery;
import akka.cluster.sharding.typed.GetClusterShardingStats;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoke.actors.node.MemberState;
import io.convoke.actors.state.StateBoard;
import io.convoke.actors.state.StateSnapshot;
import io.convoke.http.json.Json;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The cluster as this node sees it: members, leader, who is unreachable, and on which node each shard is. */
final class ClusterView {
    private final ActorSystem<?> system;
    private final List<EntityTypeKey<?>> types;
    private final Duration timeout;

    ClusterView(ActorSystem<?> system, List<EntityTypeKey<?>> types, Duration timeout) {
        this.system = system;
        this.types = List.copyOf(types);
        this.timeout = timeout;
    }

    /** Everything. */
    CompletionStage<ObjectNode> all() {
        Cluster cluster = Cluster.get(system);
        ClusterEvent.CurrentClusterState state = cluster.state();
        ObjectNode view = Json.object()
                .put("self", cluster.selfMember().address().toString())
                .put(
                        "leader",
                        state.getLeader() == null ? null : state.getLeader().toString());
        List<CompletableFuture<ObjectNode>> shards =
                types.stream().map(type -> shards(type).toCompletableFuture()).toList();
        return CompletableFuture.allOf(shards.toArray(CompletableFuture<?>[]::new))
                .thenCombine(members(), (done, members) -> {
                    view.put("total", members.size());
                    view.putArray("members").addAll(members);
                    ArrayNode list = view.putArray("shardTypes");
                    shards.forEach(each -> list.add(each.join()));
                    return view;
                });
    }

    /** The oldest first, each with what it says of itself; that is null where it does not answer. */
    CompletionStage<List<ObjectNode>> members() {
        ClusterEvent.CurrentClusterState state = Cluster.get(system).state();
        return StateBoard.gather(system, MemberState.KIND, null, timeout).thenApply(said -> {
            List<ObjectNode> members = members(state);
            members.forEach(member -> {
                JsonNode own = said.stream()
                        .filter(snapshot ->
                                snapshot.id().equals(member.path("id").asText()))
                        .findFirst()
                        .map(ClusterView::json)
                        .orElseGet(Json::object);
                member.set("name", own.get("node"));
                member.set("upSince", own.get("since"));
                member.set("logLinesDropped", own.get("logLinesDropped"));
            });
            return members;
        });
    }

    private static JsonNode json(StateSnapshot snapshot) {
        try {
            return Json.read(snapshot.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Expected JSON from " + snapshot.kind() + "/" + snapshot.id(), e);
        }
    }

    private static List<ObjectNode> members(ClusterEvent.CurrentClusterState state) {
        Comparator<Member> byAge = (a, b) -> a.equals(b) ? 0 : a.isOlderThan(b) ? -1 : 1;
        return java.util.stream.StreamSupport.stream(state.getMembers().spliterator(), false)
                .sorted(byAge)
                .map(member -> member(member, state))
                .toList();
    }

    private static ObjectNode member(Member member, ClusterEvent.CurrentClusterState state) {
        ObjectNode node = Json.object()
                .put("id", Long.toString(member.uniqueAddress().longUid()))
                .put("kind", "cluster")
                .put("address", member.address().toString())
                .put("status", member.status().toString())
                .put("unreachable", state.getUnreachable().contains(member))
                .put("leader", member.address().equals(state.getLeader()));
        ArrayNode roles = node.putArray("roles");
        member.getRoles().stream().sorted().forEach(roles::add);
        return node;
    }

    private CompletionStage<ObjectNode> shards(EntityTypeKey<?> type) {
        return AskPattern.<ClusterShardingQuery, akka.cluster.sharding.ShardRegion.ClusterShardingStats>ask(
                        ClusterSharding.get(system).shardState(),
                        replyTo -> new GetClusterShardingStats(type, timeout, replyTo),
                        timeout.plusMillis(500),
                        system.scheduler())
                .handle((stats, failure) -> {
                    ObjectNode view = Json.object().put("type", type.name());
                    if (failure != null) {
                        return view.put("unanswered", true);
                    }
                    ArrayNode list = view.putArray("shards");
                    Map<String, ObjectNode> sorted = new TreeMap<>();
                    stats.getRegions()
                            .forEach((address, region) -> region.getStats()
                                    .forEach((shard, entities) -> sorted.put(
                                            shard,
                                            Json.object()
                                                    .put("shard", shard)
                                                    .put("node", address.toString())
                                                    .put("entities", (Integer) entities))));
                    sorted.values().forEach(list::add);
                    return view;
                });
    }
}
