#include "turn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ALLOCATE = 3, REFRESH = 4, CHANNEL_BIND = 9, SUCCESS = 0x100, FAILURE = 0x110 };
enum { USERNAME = 6, INTEGRITY = 8, ERROR_CODE = 9, CHANNEL_NUMBER = 12, LIFETIME = 13, XOR_PEER = 18, REALM = 20, NONCE = 21, XOR_RELAYED = 22, REQUESTED_TRANSPORT = 25 };
enum { HEADER = 20, LARGEST = 1500, BUFFERS = 4 << 20, COOKIE = 0x2112A442 };

struct message {
    uint8_t bytes[LARGEST];
    int length;
};

void die(const char *what) {
    perror(what);
    exit(1);
}

struct sockaddr_in address_of(const char *ip, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, ip, &address.sin_addr) != 1) die(ip);
    return address;
}

int udp_socket(const struct sockaddr_in *from, const struct sockaddr_in *to) {
    int fd = socket(AF_INET, SOCK_DGRAM, 0), size = BUFFERS;
    if (fd < 0) die("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    if (from && bind(fd, (const struct sockaddr *) from, sizeof *from)) die("bind");
    if (to && connect(fd, (const struct sockaddr *) to, sizeof *to)) die("connect");
    return fd;
}

struct sockaddr_in next_source(void) {
    static atomic_uint made;
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(0x7F010001 + atomic_fetch_add(&made, 1) % 65000);
    return address;
}

static void put(struct message *message, int type, const void *value, int length) {
    uint8_t *at = message->bytes + message->length;
    int padded = (length + 3) & ~3;
    if (message->length + 4 + padded > LARGEST) die("message too long");
    at[0] = type >> 8, at[1] = type, at[2] = length >> 8, at[3] = length;
    memset(at + 4, 0, padded);
    memcpy(at + 4, value, length);
    message->length += 4 + padded;
    int body = message->length - HEADER;
    message->bytes[2] = body >> 8, message->bytes[3] = body;
}

static void begin(struct message *message, int method) {
    uint8_t header[HEADER] = {0, method, 0, 0, 0x21, 0x12, 0xA4, 0x42};
    for (int i = 8; i < HEADER; i++) header[i] = random();
    memcpy(message->bytes, header, HEADER);
    message->length = HEADER;
}

static void authenticate(struct client *client, struct message *message) {
    if (!client->nonce_length) return;
    put(message, USERNAME, client->server->user, strlen(client->server->user));
    put(message, REALM, client->realm, client->realm_length);
    put(message, NONCE, client->nonce, client->nonce_length);
    int body = message->length - HEADER + 24;
    uint8_t digest[20];
    message->bytes[2] = body >> 8, message->bytes[3] = body;
    HMAC(EVP_sha1(), client->key, sizeof client->key, message->bytes, message->length, digest, NULL);
    put(message, INTEGRITY, digest, sizeof digest);
}

/* The value of an attribute, or null. */
static const uint8_t *find(const struct message *message, int type, int *length) {
    for (int at = HEADER; at + 4 <= message->length;) {
        const uint8_t *head = message->bytes + at;
        *length = head[2] << 8 | head[3];
        if (at + 4 + *length > message->length) return NULL;
        if ((head[0] << 8 | head[1]) == type) return head + 4;
        at += 4 + ((*length + 3) & ~3);
    }
    return NULL;
}

static bool read_fully(struct client *client, uint8_t *into, int length) {
    while (length > 0) {
        int got = client->ssl ? SSL_read(client->ssl, into, length) : (int) read(client->fd, into, length);
        if (got <= 0) return false;
        into += got, length -= got;
    }
    return true;
}

static bool receive(struct client *client, struct message *answer, int wait_millis) {
    if (client->stream) {
        if (!read_fully(client, answer->bytes, HEADER)) return false;
        answer->length = HEADER + (answer->bytes[2] << 8 | answer->bytes[3]);
        return answer->length <= LARGEST && read_fully(client, answer->bytes + HEADER, answer->length - HEADER);
    }
    struct pollfd readable = {client->fd, POLLIN, 0};
    if (poll(&readable, 1, wait_millis) <= 0) return false;
    answer->length = recv(client->fd, answer->bytes, LARGEST, 0);
    return answer->length >= HEADER;
}

/* Sends, over UDP again after half a second, one, two ... (RFC 8489, 6.2.1), and takes the answer with the same transaction id. */
static bool exchange(struct client *client, const struct message *request, struct message *answer) {
    for (int attempt = 0, wait = 500; attempt < 6; attempt++, wait *= 2) {
        if (client->ssl ? SSL_write(client->ssl, request->bytes, request->length) <= 0
                        : send(client->fd, request->bytes, request->length, MSG_NOSIGNAL) < 0) {
            return false;
        }
        while (receive(client, answer, wait)) {
            if (!memcmp(request->bytes + 4, answer->bytes + 4, 16)) return true;
        }
        if (client->stream) return false;
    }
    return false;
}

static bool succeeded(const char *what, const struct message *answer) {
    int length, type = answer->bytes[0] << 8 | answer->bytes[1];
    if ((type & FAILURE) == SUCCESS) return true;
    const uint8_t *error = find(answer, ERROR_CODE, &length);
    fprintf(stderr, "%s refused: %d\n", what, error && length >= 4 ? error[2] * 100 + error[3] : 0);
    return false;
}

static bool challenged(struct client *client, const struct message *answer) {
    int length;
    const uint8_t *error = find(answer, ERROR_CODE, &length);
    if (!error || length < 4 || error[2] != 4 || (error[3] != 1 && error[3] != 38)) return false;
    const uint8_t *realm = find(answer, REALM, &length);
    if (!realm || length > (int) sizeof client->realm) return false;
    memcpy(client->realm, realm, client->realm_length = length);
    const uint8_t *nonce = find(answer, NONCE, &length);
    if (!nonce || length > (int) sizeof client->nonce) return false;
    memcpy(client->nonce, nonce, client->nonce_length = length);
    char text[512];
    int text_length = snprintf(text, sizeof text, "%s:%.*s:%s", client->server->user, client->realm_length, client->realm, client->server->password);
    EVP_Digest(text, text_length, client->key, NULL, EVP_md5(), NULL);
    return true;
}

static void unmask(const uint8_t *value, struct sockaddr_in *address) {
    uint32_t ip;
    memcpy(&ip, value + 4, 4);
    *address = (struct sockaddr_in) {.sin_family = AF_INET};
    address->sin_port = htons((value[2] << 8 | value[3]) ^ (COOKIE >> 16));
    address->sin_addr.s_addr = ip ^ htonl(COOKIE);
}

bool turn_allocate(struct client *client, struct sockaddr_in *relayed) {
    struct message request, answer;
    for (int round = 0; round < 3; round++) {
        static const uint8_t udp[4] = {17};
        begin(&request, ALLOCATE);
        put(&request, REQUESTED_TRANSPORT, udp, sizeof udp);
        authenticate(client, &request);
        if (!exchange(client, &request, &answer)) {
            fprintf(stderr, "Allocate: no answer\n");
            return false;
        }
        if (challenged(client, &answer)) continue;
        if (!succeeded("Allocate", &answer)) return false;
        int length;
        const uint8_t *value = find(&answer, XOR_RELAYED, &length);
        if (!value || length != 8) return false;
        unmask(value, relayed);
        return true;
    }
    return false;
}

bool turn_bind(struct client *client, const struct sockaddr_in *peer) {
    struct message request, answer;
    uint16_t port = ntohs(peer->sin_port) ^ (COOKIE >> 16);
    uint32_t ip = peer->sin_addr.s_addr ^ htonl(COOKIE);
    uint8_t channel[4] = {CHANNEL >> 8, CHANNEL & 0xFF}, address[8] = {0, 1, port >> 8, port};
    memcpy(address + 4, &ip, 4);
    begin(&request, CHANNEL_BIND);
    put(&request, CHANNEL_NUMBER, channel, sizeof channel);
    put(&request, XOR_PEER, address, sizeof address);
    authenticate(client, &request);
    return exchange(client, &request, &answer) && succeeded("ChannelBind", &answer);
}

bool turn_refresh(struct client *client, uint32_t lifetime) {
    struct message request, answer;
    uint32_t seconds = htonl(lifetime);
    begin(&request, REFRESH);
    put(&request, LIFETIME, &seconds, sizeof seconds);
    authenticate(client, &request);
    return exchange(client, &request, &answer) && succeeded("Refresh", &answer);
}
