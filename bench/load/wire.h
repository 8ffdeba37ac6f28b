/* The three protocols: how a request is written, and where an answer ends. */
#ifndef WIRE_H
#define WIRE_H
#include "client.h"

/* How many bytes a request takes at the most, its value left out. */
size_t wire_request_size(void);

/* Writes a request, and returns where it ends. */
char *wire_write(char *out, const struct request *request);

/* Reads answers, calls client_answered for each, and returns how many bytes were used. */
size_t wire_read(struct connection *c, const char *data, size_t length);

/* To be called for a request whose answer is complete. */
void client_answered(struct connection *c, struct request *request);
#endif
