package io.convoke.bench.turn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Resident memory that an allocation keeps: of 10,000 held over UDP, minus that of the first 500. */
final class AllocationMemory {
    private static final int FEW = 500;
    private static final int MANY = 10_000;

    private AllocationMemory() {}

    /** Of a server that was just started. */
    static double bytesPerAllocation(TurnContender server) throws IOException {
        Process load = LoadProgram.start("hold", server.udp(), FEW, MANY);
        try (BufferedReader said = load.inputReader();
                OutputStream go = load.getOutputStream()) {
            long few = settled(server, said);
            go.write('\n');
            go.flush();
            long many = settled(server, said);
            go.write('\n');
            return (double) (many - few) / (MANY - FEW);
        } finally {
            load.destroy();
        }
    }

    /** Once the load holds what it should, and the server has had time, and in Java's case the request, to give back what it does not use. */
    private static long settled(TurnContender server, BufferedReader said) throws IOException {
        if (said.readLine() == null) {
            throw new IOException("Expected " + server.name() + " to hold the allocations, but it refused one");
        }
        for (int round = 0; round < 3; round++) {
            if (server.name().equals(TurnContenders.OURS)) {
                server.process().getOutputStream().write('\n');
                server.process().getOutputStream().flush();
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        return server.residentBytes();
    }
}
