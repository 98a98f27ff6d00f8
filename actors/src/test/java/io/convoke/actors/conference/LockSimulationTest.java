package io.convoke.actors.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three instances and one conference over a network that loses, delays and reorders; clocks that drift up to the bound; the conference restarts. Once a
 * lock has been acknowledged nobody may admit before an unlock.
 */
class LockSimulationTest {
    private static final long LEASE = 6_000_000;
    private static final int DRIFT = 10;

    private record Delivery(long at, long order, Runnable what) {}

    private static final class World {
        final Random random;
        final PriorityQueue<Delivery> network =
                new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
        long now;
        long order;
        // the conference: what is persisted, and what is only in memory
        long epoch;
        boolean locked;
        LeaseBook book = new LeaseBook(LEASE, DRIFT);
        boolean acknowledged;
        boolean waiting;
        final List<Instance> instances = new ArrayList<>();
        int admissions;
        int locks;

        World(long seed) {
            random = new Random(seed);
            for (int i = 0; i < 3; i++) {
                // Half the bound each way, so that two instances differ by the whole bound at most.
                instances.add(new Instance(this, 1.0 + (random.nextInt(11) - 5) / 1000.0));
            }
        }

        void send(Runnable what) {
            if (random.nextInt(10) < 7) {
                network.add(
                        new Delivery(now + random.nextInt(random.nextInt(8) == 0 ? 9_000_000 : 50_000), order++, what));
            }
        }

        void step() {
            now += 1_000 + random.nextInt(200_000);
            while (!network.isEmpty() && network.peek().at <= now) {
                network.poll().what.run();
            }
            int dice = random.nextInt(100);
            if (dice < 4) {
                locked = !locked;
                epoch++;
                acknowledged = false;
                waiting = locked;
                if (locked) {
                    long ordered = epoch;
                    instances.forEach(instance -> send(() -> instance.onLock(ordered)));
                }
            } else if (dice < 6) {
                book = new LeaseBook(LEASE, DRIFT);
                book.recovered(now);
                waiting = locked && !acknowledged;
            } else {
                instances.get(random.nextInt(3)).act();
            }
            if (waiting && !book.outstanding(now)) {
                acknowledged = true;
                waiting = false;
                locks++;
            }
            for (Instance instance : instances) {
                boolean admits = instance.lock.admits(instance.clock());
                admissions += admits ? 1 : 0;
                assertThat(acknowledged && admits)
                        .as("admitted after an acknowledged lock at %d", now)
                        .isFalse();
            }
        }
    }

    private static final class Instance {
        final World world;
        final UUID id = UUID.randomUUID();
        final InstanceLock lock = new InstanceLock(DRIFT);
        final double rate;

        Instance(World world, double rate) {
            this.world = world;
            this.rate = rate;
        }

        long clock() {
            return (long) (world.now * rate);
        }

        void act() {
            lock.tick(clock());
            long request = lock.ask(clock());
            world.send(() -> {
                long granted = world.epoch;
                boolean open = !world.locked;
                if (open) {
                    world.book.granted(id, world.now);
                }
                world.send(() -> lock.granted(clock(), request, granted, open, LEASE));
            });
        }

        void onLock(long epoch) {
            lock.lock(epoch);
            world.send(() -> {
                // A confirmation of an older lock says nothing about a grant given since.
                if (epoch == world.epoch) {
                    world.book.confirmed(id);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 42, 4711})
    void shouldNeverAdmitAfterALockWasAcknowledged(long seed) {
        // given
        var world = new World(seed);

        // when
        for (int i = 0; i < 20_000; i++) {
            world.step();
        }

        // then
        assertThat(world.admissions).as("seed %d admits at all", seed).isPositive();
        assertThat(world.locks).as("seed %d acknowledges at all", seed).isPositive();
    }
}
