package io.convoke.protocols.turn;

/** A port opened towards the peers; the owner of the server implements it around its socket. Compared by identity. */
public interface RelayPort {
    /** The address that clients and peers are told: behind NAT the public one. */
    TransportAddress relayed();
}
