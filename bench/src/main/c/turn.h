/* What a TURN client says, as far as the load needs it: Allocate with long-term credentials, ChannelBind, Refresh. */
#ifndef TURN_H
#define TURN_H

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>

#define CHANNEL 0x4000

/* The server under load. */
struct server {
    struct sockaddr_in address;
    const char *user, *password;
};

/* One client: a connected socket, TLS on it or not, and what the server said of credentials. */
struct client {
    const struct server *server;
    int fd;
    SSL *ssl;
    bool stream;
    uint8_t key[16];
    char realm[128], nonce[128];
    int realm_length, nonce_length;
};

void die(const char *what);
struct sockaddr_in address_of(const char *ip, int port);
/* A UDP socket with these receive and send buffers, from this address to that one (either may be null). */
int udp_socket(const struct sockaddr_in *from, const struct sockaddr_in *to);
/* Each has the next of 65,000 source addresses, as clients of many networks would: 127.1.0.1 and up. */
struct sockaddr_in next_source(void);

/* 401, then with credentials. Stores the relayed address. False, and says why on stderr, when the server refuses or is silent. */
bool turn_allocate(struct client *client, struct sockaddr_in *relayed);
bool turn_bind(struct client *client, const struct sockaddr_in *peer);
bool turn_refresh(struct client *client, uint32_t lifetime);

#endif
