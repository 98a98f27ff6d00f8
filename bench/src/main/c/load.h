/* Shared by the measurements of load.c. */
#ifndef LOAD_H
#define LOAD_H

#include "turn.h"

/* An allocation with its client's and its peer's socket, each connected to the server's. */
struct pair {
    struct client client;
    int peer_fd;
};

int64_t now_nanos(void);
void pause_millis(int millis);
double cpu_seconds(int pid); /* user and system, of all threads */
void start_thread(void *(*body)(void *), void *argument);
void open_pair(struct pair *pair, const struct server *server, bool bound); /* ends the program where the server refuses */
void close_pairs(struct pair *pairs, int count);

void measure_packets(const struct server *server, int pid, int allocations, int bytes, bool bursts, int warm_up_millis, int millis);
void measure_latency(const struct server *server, double rate, int millis, bool relayed);
void measure_allocations(const struct server *server, int pid, bool tls, int millis);

#endif
