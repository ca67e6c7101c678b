/* cc -I. examples/tls.c -o tls && ./tls wss://db.example root root
 * ./tls wss://127.0.0.1:8000 root root ca ca.pem       signed by this authority
 * ./tls wss://127.0.0.1:8000 root root only server.pem exactly this certificate
 * ./tls wss://127.0.0.1:8000 root root pin 77e4...67   exactly this public key
 *
 * Whom to trust behind wss:// or https://. Without a fourth word: whom the
 * system trusts. The digest of a server's key:
 *
 *   openssl x509 -in server.pem -pubkey -noout |
 *       openssl pkey -pubin -outform der | sha256sum */
#define SURREAL_IMPLEMENTATION
#include "surreal.h"

#include <stdio.h>
#include <string.h>

/* A small file; 0 bytes if it cannot be read. */
static surreal_bytes
read_file(const char *path, uint8_t *room, size_t cap)
{
    surreal_bytes bytes = {NULL, 0};
    FILE *f = fopen(path, "rb");

    if (!f) return bytes;
    bytes.ptr = room;
    bytes.len = fread(room, 1, cap, f);
    fclose(f);
    return bytes;
}

static bool
read_pin(const char *hex, uint8_t pin[32])
{
    unsigned byte;

    for (int i = 0; i < 32; i++) {
        if (strspn(hex, "0123456789abcdefABCDEF") < 2) return false;
        byte = 0;
        for (int k = 0; k < 2; k++, hex++) {
            byte = byte * 16 + (unsigned)(*hex <= '9' ? *hex - '0'
                                                      : (*hex | 32) - 'a' + 10);
        }
        pin[i] = (uint8_t)byte;
    }
    return !*hex;
}

int
main(int argc, char **argv)
{
    static uint8_t file[16384];
    surreal_options opt = {0};
    surreal *db = NULL;
    uint8_t pin[32];
    surreal_status status;

    if (argc != 4 && argc != 6) {
        fprintf(stderr, "usage: %s URL USER PASSWORD [ca FILE | only FILE | "
                        "pin HEX]\n", argv[0]);
        return 2;
    }
    opt.user = argv[2];
    opt.pass = argv[3];
    if (argc == 6 && !strcmp(argv[4], "ca")) {
        opt.tls.ca_file = argv[5];
    } else if (argc == 6 && !strcmp(argv[4], "only")) {
        opt.tls.only_cert = read_file(argv[5], file, sizeof file);
    } else if (argc == 6 && read_pin(argv[5], pin)) {
        opt.tls.pins.ptr = pin;
        opt.tls.pins.len = sizeof pin; /* more keys: 32 bytes each */
    }
    status = surreal_open(argv[1], &opt, &db);
    if (status) {
        /* Tell reasons apart by the status: SURREAL_ERR_CERT_EXPIRED, ... */
        fprintf(stderr, "%s\n", surreal_last_error(db)->message);
    } else {
        printf("SurrealDB %s, and nobody listens\n",
               surreal_version(db).text.ptr);
    }
    surreal_close(db);
    return status ? 1 : 0;
}
