/* Packets in a closed loop: each that comes back lets the next one go. Two threads: the clients, and the peers, which return what they get. In bursts they are
 * sent with UDP_SEGMENT and received with UDP_GRO; single ones with neither, as an ordinary client's socket has neither. */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WINDOW_ALONE = 64, WINDOW_SINGLE = 16, WINDOW_BURSTS = 48, IN_FLIGHT = 1024, SHORTEST = 8, LONGEST = 32, BATCH = 32, DATAGRAM = 65536 + 320, LARGEST = 2048 };
enum { SILENCE_NANOS = 1000000000 };

/* One end of an allocation. `out` holds LONGEST equal packets, of which the last one is marked as the end of its burst. */
struct end {
    int fd, header, size; /* 4 or 0 bytes of ChannelData header; bytes of a datagram with it */
    uint32_t index;
    uint8_t *out;
    int in_flight, owed;
    bool queued;
    int64_t heard_nanos;
};

static struct end *clients, *peers;
static int count, window; /* allocations; packets of one of them in flight */
static bool bursts;
static atomic_long arrived, lost, wrong; /* arrived: at either end */
static atomic_bool stopping;

static void prepare(struct end *end, int index, int fd, int header, int bytes) {
    int size = header + bytes, on = 1;
    *end = (struct end) {.fd = fd, .header = header, .size = size, .index = index, .out = calloc(LONGEST, size), .heard_nanos = now_nanos()};
    if (bursts && setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on)) die("UDP_GRO");
    for (int i = 0; i < LONGEST; i++) {
        uint8_t *packet = end->out + i * size;
        if (header) packet[0] = CHANNEL >> 8, packet[1] = CHANNEL & 0xFF, packet[2] = bytes >> 8, packet[3] = bytes;
        memcpy(packet + header, &end->index, 4);
        packet[header + 4] = i == LONGEST - 1 || !bursts;
    }
}

/* Sends a burst, or single packets in one system call. Those for which there is no room are lost. */
static void send_packets(struct end *end, int packets) {
    struct iovec parts[LONGEST];
    struct mmsghdr messages[LONGEST];
    uint8_t *first = end->out + (LONGEST - packets) * end->size;
    if (bursts) {
        union { char bytes[CMSG_SPACE(sizeof(uint16_t))]; struct cmsghdr align; } control;
        parts[0] = (struct iovec) {first, (size_t) packets * end->size};
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
        control.align = (struct cmsghdr) {CMSG_LEN(sizeof(uint16_t)), IPPROTO_UDP, UDP_SEGMENT};
        *(uint16_t *) CMSG_DATA(&control.align) = end->size;
        if (sendmsg(end->fd, &message, MSG_DONTWAIT) < 0 && errno != EAGAIN && errno != ECONNREFUSED) die("sendmsg");
        return;
    }
    for (int i = 0; i < packets; i++) {
        parts[i] = (struct iovec) {first + i * end->size, end->size};
        messages[i].msg_hdr = (struct msghdr) {.msg_iov = &parts[i], .msg_iovlen = 1};
    }
    if (sendmmsg(end->fd, messages, packets, MSG_DONTWAIT) < 0 && errno != EAGAIN && errno != ECONNREFUSED) die("sendmmsg");
}

/* How many right packets came; `whole`: the last of a burst among them. Those of another size or content are counted apart. */
static int receive_packets(struct end *end, bool *whole) {
    static _Thread_local uint8_t *memory;
    struct mmsghdr messages[BATCH];
    struct iovec parts[BATCH];
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control[BATCH];
    if (!memory) memory = malloc((size_t) BATCH * DATAGRAM);
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec) {memory + (size_t) i * DATAGRAM, DATAGRAM};
        messages[i].msg_hdr = (struct msghdr) {.msg_iov = &parts[i], .msg_iovlen = 1, .msg_control = &control[i], .msg_controllen = sizeof control[i]};
    }
    int got = recvmmsg(end->fd, messages, BATCH, MSG_DONTWAIT, NULL), packets = 0;
    *whole = false;
    for (int i = 0; i < got; i++) {
        uint8_t *data = parts[i].iov_base;
        int length = messages[i].msg_len, segment = length;
        struct cmsghdr *gro = CMSG_FIRSTHDR(&messages[i].msg_hdr);
        if (gro && gro->cmsg_type == UDP_GRO) segment = *(int *) CMSG_DATA(gro);
        for (int at = 0; at < length; at += segment) {
            if (length - at >= end->size && segment == end->size && !memcmp(data + at, end->out, end->header + 4)) {
                packets++;
                *whole |= data[at + end->header + 4];
            } else {
                atomic_fetch_add(&wrong, 1);
            }
        }
    }
    atomic_fetch_add_explicit(&arrived, packets, memory_order_relaxed);
    return packets;
}

static int poll_all(struct end *ends) {
    int poller = epoll_create1(0);
    for (int i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &ends[i]};
        if (epoll_ctl(poller, EPOLL_CTL_ADD, ends[i].fd, &event)) die("epoll_ctl");
    }
    return poller;
}

static void *run_peers(void *unused) {
    int poller = poll_all(peers);
    struct epoll_event events[64];
    (void) unused;
    while (!stopping) {
        int ready = epoll_wait(poller, events, 64, 100);
        for (int i = 0; i < ready; i++) {
            struct end *end = events[i].data.ptr;
            bool whole;
            end->owed += receive_packets(end, &whole);
            while (whole && end->owed > 0) {
                int packets = end->owed < LONGEST ? end->owed : LONGEST;
                send_packets(end, packets);
                end->owed -= packets;
            }
        }
    }
    return NULL;
}

static int next_burst(void) {
    static _Thread_local uint32_t state = 1;
    state = state * 1664525 + 1013904223;
    return SHORTEST + (state >> 16) % (LONGEST - SHORTEST + 1);
}

/* Whose turn it is, when not all may send what their window has room for. */
static struct end **turns;
static int turns_first, turns_count, in_flight, burst;

static int room(const struct end *end) {
    int free = window - end->in_flight;
    if (bursts) return free >= burst ? burst : 0;
    return free < LONGEST ? free : LONGEST;
}

static void queue(struct end *end) {
    if (end->queued) return;
    end->queued = true;
    turns[(turns_first + turns_count++) % count] = end;
}

static void send_what_may(int64_t now) {
    for (int left = turns_count; left > 0 && in_flight + (bursts ? burst : 1) <= IN_FLIGHT; left--) {
        struct end *end = turns[turns_first];
        turns_first = (turns_first + 1) % count, turns_count--, end->queued = false;
        int packets = room(end), share = IN_FLIGHT / count > 1 ? IN_FLIGHT / count : 1;
        if (!bursts && packets > share) packets = share;
        if (!packets) continue; /* comes again with its next packet */
        send_packets(end, packets);
        if (!end->in_flight) end->heard_nanos = now;
        end->in_flight += packets, in_flight += packets;
        burst = next_burst();
        if (end->in_flight < window) queue(end);
    }
}

static void write_off(int64_t now) {
    for (int i = 0; i < count; i++) {
        struct end *end = &clients[i];
        if (end->in_flight && now - end->heard_nanos > SILENCE_NANOS) {
            atomic_fetch_add(&lost, end->in_flight);
            in_flight -= end->in_flight, end->in_flight = 0;
        }
        queue(end);
    }
}

static void *run_clients(void *unused) {
    int poller = poll_all(clients);
    int64_t checked = 0;
    struct epoll_event events[64];
    (void) unused;
    burst = next_burst();
    while (!stopping) {
        int64_t now = now_nanos();
        if (now - checked > SILENCE_NANOS / 4) write_off(checked = now);
        send_what_may(now);
        int ready = epoll_wait(poller, events, 64, 50);
        for (int i = 0; i < ready; i++) {
            struct end *end = events[i].data.ptr;
            bool whole;
            int packets = receive_packets(end, &whole);
            if (packets > end->in_flight) packets = end->in_flight; /* late ones of those written off */
            end->in_flight -= packets, in_flight -= packets;
            end->heard_nanos = now;
            queue(end);
        }
    }
    return NULL;
}

void measure_packets(const struct server *server, int pid, int allocations, int bytes, bool in_bursts, int warm_up_millis, int millis) {
    struct pair *pairs = calloc(allocations, sizeof *pairs);
    count = allocations, bursts = in_bursts;
    window = bursts ? WINDOW_BURSTS : count == 1 ? WINDOW_ALONE : WINDOW_SINGLE;
    if (bytes < 8 || bytes > LARGEST) die("bytes");
    clients = calloc(count, sizeof *clients), peers = calloc(count, sizeof *peers), turns = calloc(count, sizeof *turns);
    for (int i = 0; i < count; i++) {
        open_pair(&pairs[i], server, true);
        prepare(&clients[i], i, pairs[i].client.fd, 4, bytes);
        prepare(&peers[i], i, pairs[i].peer_fd, 0, bytes);
    }
    start_thread(run_peers, NULL);
    start_thread(run_clients, NULL);
    pause_millis(warm_up_millis);
    long arrived_before = arrived, lost_before = lost, wrong_before = wrong;
    double cpu = cpu_seconds(pid), own = cpu_seconds(getpid());
    int64_t start = now_nanos();
    pause_millis(millis);
    long packets = arrived - arrived_before;
    cpu = cpu_seconds(pid) - cpu, own = cpu_seconds(getpid()) - own;
    printf("packets=%ld lost=%ld wrong=%ld cpu=%.2f load_cpu=%.2f seconds=%.3f micros=%.3f\n", packets, lost - lost_before, wrong - wrong_before, cpu, own,
            (now_nanos() - start) / 1e9, cpu * 1e6 / packets);
    stopping = true;
    pause_millis(300);
    close_pairs(pairs, count); /* what still comes is skipped there */
}
