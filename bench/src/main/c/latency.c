/* How long a packet is on its way from a client to its peer, at an even rate over ten allocations: through the relay, or straight, for what the sockets, the
 * scheduler and this program need anyway. */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PAIRS = 10, BYTES = 172, WARM_UP_PERCENT = 20 };

static struct pair pairs[PAIRS];
static int64_t *delays, measured_from;
static long capacity;
static atomic_long arrived;
static bool through;

static void *receive(void *unused) {
    int poller = epoll_create1(0);
    (void) unused;
    for (int i = 0; i < PAIRS; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = pairs[i].peer_fd};
        if (epoll_ctl(poller, EPOLL_CTL_ADD, pairs[i].peer_fd, &event)) die("epoll_ctl");
    }
    for (;;) {
        struct epoll_event events[PAIRS];
        int ready = epoll_wait(poller, events, PAIRS, -1);
        for (int i = 0; i < ready; i++) {
            uint8_t packet[BYTES + 4];
            while (recv(events[i].data.fd, packet, sizeof packet, MSG_DONTWAIT) == (through ? BYTES : BYTES + 4)) {
                int64_t sent, delay = now_nanos();
                memcpy(&sent, packet + (through ? 0 : 4), sizeof sent);
                delay -= sent;
                if (sent >= measured_from && arrived < capacity) delays[arrived++] = delay;
            }
        }
    }
    return NULL;
}

static int compare(const void *left, const void *right) {
    int64_t a = *(const int64_t *) left, b = *(const int64_t *) right;
    return (a > b) - (a < b);
}

void measure_latency(const struct server *server, double rate, int millis, bool relayed) {
    through = relayed;
    capacity = (long) (rate * millis / 1000) + PAIRS;
    delays = calloc(capacity, sizeof *delays);
    for (int i = 0; i < PAIRS; i++) {
        open_pair(&pairs[i], server, true);
        if (relayed) continue;
        struct sockaddr_in client, peer;
        socklen_t size = sizeof peer;
        getsockname(pairs[i].peer_fd, (struct sockaddr *) &peer, &size);
        getsockname(pairs[i].client.fd, (struct sockaddr *) &client, &size);
        if (connect(pairs[i].peer_fd, (struct sockaddr *) &client, size) || connect(pairs[i].client.fd, (struct sockaddr *) &peer, size)) die("connect");
    }
    start_thread(receive, NULL);
    prctl(PR_SET_TIMERSLACK, 1);
    int64_t start = now_nanos(), interval = 1e9 / rate;
    long packets = rate * millis / 1000, sent = 0;
    measured_from = start + (int64_t) millis * 10000 * WARM_UP_PERCENT;
    for (long i = 0; i < packets; i++) {
        int64_t due = start + i * interval;
        struct timespec time = {due / 1000000000, due % 1000000000};
        uint8_t packet[4 + BYTES] = {CHANNEL >> 8, CHANNEL & 0xFF, 0, BYTES};
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) {}
        int64_t now = now_nanos();
        memcpy(packet + 4, &now, sizeof now);
        if (send(pairs[i % PAIRS].client.fd, packet, sizeof packet, MSG_DONTWAIT) < 0 && errno != EAGAIN) die("send");
        sent += now >= measured_from;
    }
    pause_millis(300);
    long got = arrived;
    qsort(delays, got, sizeof *delays, compare);
    if (!got) die("nothing arrived");
    printf("packets=%ld lost=%ld p50=%.1f p99=%.1f\n", got, sent - got, delays[got / 2] / 1e3, delays[got * 99 / 100] / 1e3);
    if (!relayed) { /* for the farewell */
        for (int i = 0; i < PAIRS; i++) connect(pairs[i].client.fd, (const struct sockaddr *) &server->address, sizeof server->address);
    }
    close_pairs(pairs, PAIRS);
}
