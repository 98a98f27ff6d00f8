/* Clients that come and go: Allocate, refused with 401, Allocate with credentials, Refresh with lifetime 0, goodbye; sixteen at a time, each time from a socket and
 * an address of its own. TLS is whole each time: 1.3, nothing resumed. */
#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TOGETHER = 16, WARM_UP_MILLIS = 1000 };

static const struct server *target;
static SSL_CTX *context;
static atomic_long done, failed;
static atomic_bool stopping;

static bool come_and_go(void) {
    struct sockaddr_in source = next_source(), relayed;
    struct client client = {.server = target, .stream = context};
    bool well = true;
    if (context) {
        int on = 1;
        client.fd = socket(AF_INET, SOCK_STREAM, 0);
        setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (bind(client.fd, (struct sockaddr *) &source, sizeof source)) die("bind");
        client.ssl = SSL_new(context);
        SSL_set_fd(client.ssl, client.fd);
        well = !connect(client.fd, (const struct sockaddr *) &target->address, sizeof target->address) && SSL_connect(client.ssl) == 1;
        if (!well && !failed) ERR_print_errors_fp(stderr); /* once is enough */
    } else {
        client.fd = udp_socket(&source, &target->address);
    }
    well = well && turn_allocate(&client, &relayed) && turn_refresh(&client, 0);
    if (client.ssl) {
        SSL_shutdown(client.ssl);
        SSL_free(client.ssl);
    }
    close(client.fd);
    return well;
}

static void *run(void *unused) {
    (void) unused;
    while (!stopping) {
        if (come_and_go()) {
            done++;
        } else {
            failed++;
            pause_millis(10);
        }
    }
    return NULL;
}

void measure_allocations(const struct server *server, int pid, bool tls, int millis) {
    target = server;
    if (tls) {
        context = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    }
    for (int i = 0; i < TOGETHER; i++) start_thread(run, NULL);
    pause_millis(WARM_UP_MILLIS);
    long done_before = done, failed_before = failed;
    double cpu = cpu_seconds(pid);
    int64_t start = now_nanos();
    pause_millis(millis);
    long allocations = done - done_before, failures = failed - failed_before;
    cpu = cpu_seconds(pid) - cpu;
    printf("allocations=%ld failed=%ld cpu=%.2f seconds=%.3f millis=%.4f\n", allocations, failures, cpu, (now_nanos() - start) / 1e9, cpu * 1e3 / allocations);
    stopping = true;
    pause_millis(300);
}
