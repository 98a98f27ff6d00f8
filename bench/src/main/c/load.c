/* Load for TURN servers, from outside: prints one line of name=value. CPU and memory are the server's, from /proc/PID.
 *   load packets     IP PORT USER PASSWORD PID ALLOCATIONS BYTES single|burst WARM-UP-MILLIS MILLIS
 *   load latency     IP PORT USER PASSWORD PACKETS-PER-SECOND MILLIS relayed|direct
 *   load allocations IP PORT USER PASSWORD PID udp|tls MILLIS
 *   load hold        IP PORT USER PASSWORD FEW MANY      holds FEW, says so, and MANY after a line on stdin; ends with another line */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

int64_t now_nanos(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

void pause_millis(int millis) {
    struct timespec time = {millis / 1000, millis % 1000 * 1000000L};
    while (nanosleep(&time, &time)) {}
}

double cpu_seconds(int pid) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file || !fgets(line, sizeof line, file)) die(path);
    fclose(file);
    unsigned long user, system;
    if (sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) die(path);
    return (double) (user + system) / sysconf(_SC_CLK_TCK);
}

void start_thread(void *(*body)(void *), void *argument) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, body, argument)) die("pthread_create");
    pthread_detach(thread);
}

void open_pair(struct pair *pair, const struct server *server, bool bound) {
    struct sockaddr_in source = next_source(), peer = address_of("127.0.0.2", 0), relayed;
    socklen_t size = sizeof peer;
    pair->client = (struct client) {.server = server, .fd = udp_socket(&source, &server->address)};
    pair->peer_fd = -1;
    if (!turn_allocate(&pair->client, &relayed)) exit(1);
    if (!bound) return;
    pair->peer_fd = udp_socket(&peer, &relayed);
    getsockname(pair->peer_fd, (struct sockaddr *) &peer, &size);
    if (!turn_bind(&pair->client, &peer)) exit(1);
}

void close_pairs(struct pair *pairs, int count) {
    for (int i = 0; i < count; i++) turn_refresh(&pairs[i].client, 0);
}

static void hold(const struct server *server, int few, int many) {
    struct pair *pairs = calloc(many, sizeof *pairs);
    for (int i = 0; i < many; i++) {
        if (i == few) printf("held=%d\n", few), fflush(stdout), getchar();
        open_pair(&pairs[i], server, false);
    }
    printf("held=%d\n", many), fflush(stdout), getchar();
    close_pairs(pairs, many);
}

int main(int argc, char **argv) {
    if (argc < 8) return fprintf(stderr, "See the head of load.c\n"), 2;
    struct server server = {address_of(argv[2], atoi(argv[3])), argv[4], argv[5]};
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    srandom(time(NULL) ^ getpid());
    if (!strcmp(argv[1], "packets") && argc == 12) {
        measure_packets(&server, atoi(argv[6]), atoi(argv[7]), atoi(argv[8]), !strcmp(argv[9], "burst"), atoi(argv[10]), atoi(argv[11]));
    } else if (!strcmp(argv[1], "latency") && argc == 9) {
        measure_latency(&server, atof(argv[6]), atoi(argv[7]), !strcmp(argv[8], "relayed"));
    } else if (!strcmp(argv[1], "allocations") && argc == 9) {
        measure_allocations(&server, atoi(argv[6]), !strcmp(argv[7], "tls"), atoi(argv[8]));
    } else if (!strcmp(argv[1], "hold") && argc == 8) {
        hold(&server, atoi(argv[6]), atoi(argv[7]));
    } else {
        return fprintf(stderr, "See the head of load.c\n"), 2;
    }
}
