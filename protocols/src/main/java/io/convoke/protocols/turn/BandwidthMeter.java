package io.convoke.protocols.turn;

/** A shared bucket of bytes. An allocation takes a slice now and then and spends it alone. Thread-safe, without locks. */
public interface BandwidthMeter {
    /** No limit. */
    BandwidthMeter UNLIMITED = (wantedBytes, nowNanos) -> Long.MAX_VALUE;

    /** Takes at least so many bytes out, more for a slice; 0 when the bucket holds less. {@link Long#MAX_VALUE}: never ask again. */
    long take(int wantedBytes, long nowNanos);
}
