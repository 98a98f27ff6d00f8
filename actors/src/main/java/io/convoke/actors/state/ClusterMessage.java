package io.convoke.actors.state;

/** Marks what may travel between nodes or into the event journal; it is written as CBOR by Jackson. */
public interface ClusterMessage {}
