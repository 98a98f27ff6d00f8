/* The floor: what any relay in user space must do for a packet, and nothing else. Answers Allocate and ChannelBind without looking at credentials, permissions
 * or lifetimes, then forwards: takes the 4 bytes of the ChannelData header off towards the peer, and puts them on towards the client. One thread, one socket for
 * all clients, one for each allocation.
 *   floor plain|mmsg|gso PORT
 * plain: recvfrom and sendto. mmsg: recvmmsg; what one turn of the loop received is sent with sendmmsg, one call for each socket. gso: the same, but packets of
 * one destination and size are one UDP_SEGMENT send, and bursts are received whole (UDP_GRO). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { ALLOCATIONS = 20000, TABLE = 1 << 16, SLOTS = 256, BATCH = 64, SLOT_BYTES = 65536 + 320 /* slots must not share cache sets */, IOVECS = 1 << 16, SEGMENTS = 64, LARGEST_SEND = 65000, BUFFERS = 4 << 20 };

struct flow { /* one direction of an allocation */
    int fd, first, last; /* slots waiting, -1: none */
    struct sockaddr_in to;
};

struct allocation {
    struct flow to_peer, to_client;
    uint8_t header[4];
    int header_length;
};

struct slot {
    struct flow *flow;
    struct allocation *allocation;
    uint8_t *data;
    int length, segment, next; /* segment: bytes of each packet in it as received */
};

static struct allocation allocations[ALLOCATIONS], *table[TABLE];
static int count, listener, poller;
static bool batches, segments;
static uint8_t *memory;
static struct slot slots[SLOTS];
static int used;
static struct flow *waiting[SLOTS];
static int waiting_count;
static struct mmsghdr out[SLOTS];
static struct iovec iovecs[IOVECS];
static union { char bytes[CMSG_SPACE(sizeof(uint16_t))]; struct cmsghdr align; } controls[SLOTS];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int bound_socket(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0), size = BUFFERS, on = 1;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    if (segments && setsockopt(fd, IPPROTO_UDP, UDP_GRO, &on, sizeof on)) die("UDP_GRO");
    if (bind(fd, (struct sockaddr *) &address, sizeof address)) die("bind");
    return fd;
}

static struct allocation **entry(const struct sockaddr_in *client) {
    uint32_t hash = (client->sin_addr.s_addr ^ (uint32_t) client->sin_port << 16) * 0x9E3779B1u >> 16;
    while (table[hash] && (table[hash]->to_client.to.sin_port != client->sin_port || table[hash]->to_client.to.sin_addr.s_addr != client->sin_addr.s_addr)) {
        hash = (hash + 1) % TABLE;
    }
    return &table[hash];
}

static void watch(int fd, void *what) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event)) die("epoll_ctl");
}

/* Allocate: a socket. ChannelBind: the peer. Anything else: yes. */
static void answer(struct sockaddr_in *client, uint8_t *request, int length) {
    struct allocation **found = entry(client);
    uint8_t reply[32] = {1, request[1], 0, 0, [20] = 0, 0x16, 0, 8, 0, 1};
    int reply_length = 20;
    memcpy(reply + 4, request + 4, 16);
    if (request[1] == 3) {
        if (!*found) {
            if (count == ALLOCATIONS) die("too many allocations");
            struct allocation *made = *found = &allocations[count++];
            made->to_client = (struct flow) {listener, -1, -1, *client};
            made->to_peer = (struct flow) {bound_socket(0), -1, -1, {0}};
            watch(made->to_peer.fd, made);
        }
        struct sockaddr_in relayed;
        socklen_t size = sizeof relayed;
        getsockname((*found)->to_peer.fd, (struct sockaddr *) &relayed, &size);
        relayed.sin_port ^= htons(0x2112), relayed.sin_addr.s_addr ^= htonl(0x2112A442);
        memcpy(reply + 26, &relayed.sin_port, 2), memcpy(reply + 28, &relayed.sin_addr, 4);
        reply[3] = 12, reply_length = 32;
    } else if (request[1] == 9 && length >= 40 && *found) {
        memcpy((*found)->header, request + 24, 2);
        struct sockaddr_in *peer = &(*found)->to_peer.to;
        peer->sin_family = AF_INET;
        memcpy(&peer->sin_port, request + 34, 2), memcpy(&peer->sin_addr, request + 36, 4);
        peer->sin_port ^= htons(0x2112), peer->sin_addr.s_addr ^= htonl(0x2112A442);
    }
    sendto(listener, reply, reply_length, 0, (struct sockaddr *) client, sizeof *client);
}

/* For the peer's packets. One for all that wait: they are equal here. */
static void set_header(struct allocation *allocation, int length) {
    allocation->header[2] = length >> 8, allocation->header[3] = length;
    allocation->header_length = length;
}

static void forward_plain(struct allocation *allocation) {
    uint8_t buffer[4 + 2048];
    for (int i = 0; i < BATCH; i++) {
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        if (allocation) {
            int length = recvfrom(allocation->to_peer.fd, buffer + 4, 2048, 0, NULL, NULL);
            if (length < 0) return;
            set_header(allocation, length);
            memcpy(buffer, allocation->header, 4);
            sendto(listener, buffer, length + 4, 0, (struct sockaddr *) &allocation->to_client.to, size);
        } else {
            int length = recvfrom(listener, buffer, 2048, 0, (struct sockaddr *) &from, &size);
            if (length < 0) return;
            if (buffer[0] < 0x40) {
                answer(&from, buffer, length);
            } else if (*entry(&from)) {
                struct flow *flow = &(*entry(&from))->to_peer;
                sendto(flow->fd, buffer + 4, length - 4, 0, (struct sockaddr *) &flow->to, size);
            }
        }
    }
}

static void send_all(int fd, int messages) {
    for (int sent = 0; sent < messages;) {
        int done = sendmmsg(fd, out + sent, messages - sent, 0);
        sent += done > 0 ? done : 1; /* one that fails is lost */
    }
}

/* Sends what this turn received. Everything to clients leaves through one socket, and so in one call. */
static void flush(void) {
    int messages = 0, iovec = 0, fd = -1;
    for (int w = 0; w < 2 * waiting_count; w++) {
        struct flow *flow = waiting[w % waiting_count];
        bool to_client = flow->fd == listener;
        if (to_client != (w < waiting_count)) continue; /* first those to clients */
        if (fd != flow->fd && messages) send_all(fd, messages), messages = iovec = 0;
        fd = flow->fd;
        int size = 0, bytes = 0, packets = 0; /* of the message being built; 0: none */
        for (int s = flow->first; s >= 0; s = slots[s].next) {
            struct slot *slot = &slots[s];
            for (int at = 0; at < slot->length; at += slot->segment) {
                int length = slot->length - at < slot->segment ? slot->length - at : slot->segment, sent = to_client ? length + 4 : length - 4;
                if (!segments || sent != size || packets == SEGMENTS || bytes + sent > LARGEST_SEND) {
                    out[messages].msg_hdr = (struct msghdr) {.msg_name = &flow->to, .msg_namelen = sizeof flow->to, .msg_iov = iovecs + iovec};
                    messages++, size = sent, bytes = packets = 0;
                }
                struct msghdr *message = &out[messages - 1].msg_hdr;
                if (to_client && length != slot->allocation->header_length) set_header(slot->allocation, length);
                if (to_client) iovecs[iovec++] = (struct iovec) {slot->allocation->header, 4}, message->msg_iovlen++;
                iovecs[iovec++] = (struct iovec) {slot->data + at + (to_client ? 0 : 4), to_client ? length : length - 4}, message->msg_iovlen++;
                bytes += sent;
                if (++packets == 2) {
                    message->msg_control = controls[messages - 1].bytes, message->msg_controllen = sizeof controls[0].bytes;
                    struct cmsghdr *control = CMSG_FIRSTHDR(message);
                    *control = (struct cmsghdr) {CMSG_LEN(sizeof(uint16_t)), IPPROTO_UDP, UDP_SEGMENT};
                    *(uint16_t *) CMSG_DATA(control) = size;
                }
                if (messages == SLOTS || iovec > IOVECS - 4) send_all(fd, messages), messages = iovec = size = 0;
            }
        }
        flow->first = flow->last = -1;
    }
    if (messages) send_all(fd, messages);
    waiting_count = used = 0;
}

static void queue(struct allocation *allocation, struct flow *flow, struct slot *slot) {
    int index = slot - slots;
    slot->flow = flow, slot->allocation = allocation, slot->next = -1;
    if (flow->first < 0) {
        flow->first = index;
        waiting[waiting_count++] = flow;
    } else {
        slots[flow->last].next = index;
    }
    flow->last = index;
}

static void forward_batch(struct allocation *allocation) {
    static struct mmsghdr in[BATCH];
    static struct iovec into[BATCH];
    static struct sockaddr_in from[BATCH];
    static union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control[BATCH];
    if (used + BATCH > SLOTS) flush();
    int first = used;
    for (int i = 0; i < BATCH; i++) {
        into[i] = (struct iovec) {memory + (size_t) (first + i) * SLOT_BYTES, SLOT_BYTES};
        in[i].msg_hdr = (struct msghdr) {&from[i], sizeof from[i], &into[i], 1, segments ? control[i].bytes : NULL, segments ? sizeof control[i].bytes : 0, 0};
    }
    int received = recvmmsg(allocation ? allocation->to_peer.fd : listener, in, BATCH, 0, NULL);
    for (int i = 0; i < received; i++) {
        struct slot *slot = &slots[first + i];
        slot->data = into[i].iov_base;
        slot->length = slot->segment = in[i].msg_len;
        struct cmsghdr *gro = segments ? CMSG_FIRSTHDR(&in[i].msg_hdr) : NULL;
        if (gro && gro->cmsg_type == UDP_GRO) slot->segment = *(int *) CMSG_DATA(gro);
        if (allocation) {
            queue(allocation, &allocation->to_client, slot);
        } else if (slot->data[0] < 0x40) {
            answer(&from[i], slot->data, slot->length);
        } else if (*entry(&from[i])) {
            queue(*entry(&from[i]), &(*entry(&from[i]))->to_peer, slot);
        }
    }
    if (received > 0) used += received;
}

int main(int argc, char **argv) {
    if (argc != 3) return fprintf(stderr, "floor plain|mmsg|gso PORT\n"), 2;
    segments = !strcmp(argv[1], "gso");
    batches = segments || !strcmp(argv[1], "mmsg");
    struct rlimit files = {ALLOCATIONS + 100, ALLOCATIONS + 100};
    setrlimit(RLIMIT_NOFILE, &files);
    memory = malloc((size_t) SLOTS * SLOT_BYTES);
    poller = epoll_create1(0);
    listener = bound_socket(atoi(argv[2]));
    watch(listener, NULL);
    for (;;) {
        struct epoll_event events[256];
        int ready = epoll_wait(poller, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            if (batches) forward_batch(events[i].data.ptr);
            else forward_plain(events[i].data.ptr);
        }
        flush();
    }
}
