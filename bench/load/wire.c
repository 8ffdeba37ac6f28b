#include "wire.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "keys.h"
#include "options.h"

enum { HEADER = 24, OPCODE_GET = 0x00, OPCODE_SET = 0x01, OPCODE_GETQ = 0x09, OPCODE_NOOP = 0x0a };

size_t wire_request_size(void) { return (size_t)options.multiget * ((size_t)options.key_length + 32) + 64; }

static char *append(char *out, const char *text, size_t length) {
  memcpy(out, text, length);
  return out + length;
}
#define APPEND(out, literal) append(out, literal, sizeof literal - 1)

static char *append_number(char *out, uint32_t number) {
  char digits[10];
  int i = 10;
  do digits[--i] = (char)('0' + number % 10);
  while (number /= 10);
  return append(out, digits + i, (size_t)(10 - i));
}

static char *append_value(char *out, uint64_t id, uint32_t length) { return append(out, keys_value(id), length); }

/* Text and meta. */

static char *write_get(char *out, const struct request *r) {
  out = APPEND(out, "get");
  for (int i = 0; i < r->keys; i++) {
    *out++ = ' ';
    out = keys_write(out, r->ids[i]);
  }
  return APPEND(out, "\r\n");
}

static char *write_meta_get(char *out, const struct request *r) {
  for (int i = 0; i < r->keys; i++) {
    out = APPEND(out, "mg ");
    out = keys_write(out, r->ids[i]);
    out = r->keys > 1 ? APPEND(out, " v k q\r\n") : options.verify ? APPEND(out, " v k\r\n") : APPEND(out, " v\r\n");
  }
  return r->keys > 1 ? APPEND(out, "mn\r\n") : out;
}

static char *write_set(char *out, const struct request *r) {
  uint32_t length = keys_value_length(r->ids[0]);
  out = options.protocol == META ? APPEND(out, "ms ") : APPEND(out, "set ");
  out = keys_write(out, r->ids[0]);
  out = options.protocol == META ? APPEND(out, " ") : APPEND(out, " 0 0 ");
  out = append_number(out, length);
  out = APPEND(out, "\r\n");
  out = append_value(out, r->ids[0], length);
  return APPEND(out, "\r\n");
}

static void note_error(const char *text, size_t length) {
  totals.errors++;
  if (!first_error[0]) snprintf(first_error, sizeof first_error, "%.*s", (int)(length < 200 ? length : 200), text);
}

static struct request *current(struct connection *c) { return &c->requests[c->first]; }

/* Finds which of the request's keys this is; values come in the order asked for, less those missed. */
static int find_key(struct request *r, const char *key, size_t length) {
  char expected[256];
  for (int i = r->next; i < r->keys; i++) {
    keys_write(expected, r->ids[i]);
    if (length == (size_t)options.key_length && memcmp(expected, key, length) == 0) return i;
  }
  return -1;
}

static void begin_value(struct connection *c, int index, uint32_t length, uint32_t skip) {
  struct request *r = current(c);
  r->hits++;
  c->skip = skip;
  c->body = length;
  c->body_offset = 0;
  if (!options.verify) return;
  if (index < 0) {
    totals.mismatches++;
    return;
  }
  r->next = index + 1;
  c->body_id = r->ids[index];
  if (length != keys_value_length(c->body_id)) totals.mismatches++;
}

static uint32_t number_before(const char *end, const char *start) {
  uint32_t number = 0, place = 1;
  while (end > start && end[-1] >= '0' && end[-1] <= '9') {
    number += (uint32_t)(*--end - '0') * place;
    place *= 10;
  }
  return number;
}

/* "VALUE <key> <flags> <length>" */
static void read_value_line(struct connection *c, const char *line, size_t length) {
  int index = current(c)->next;
  if (options.verify) {
    const char *space = memchr(line + 6, ' ', length - 6);
    index = space ? find_key(current(c), line + 6, (size_t)(space - line) - 6) : -1;
  }
  begin_value(c, index, number_before(line + length, line), 0);
}

/* "VA <length> k<key>" */
static void read_meta_value_line(struct connection *c, const char *line, size_t length) {
  const char *space = memchr(line + 3, ' ', length - 3);
  int index = current(c)->next;
  if (options.verify && space && space[1] == 'k') {
    index = find_key(current(c), space + 2, (size_t)(line + length - space) - 2);
  }
  begin_value(c, index, number_before(space ? space : line + length, line), 0);
}

static int starts(const char *line, size_t length, const char *text, size_t text_length) {
  return length >= text_length && memcmp(line, text, text_length) == 0;
}
#define STARTS(literal) starts(line, length, literal, sizeof literal - 1)

static void read_line(struct connection *c, const char *line, size_t length) {
  struct request *r = current(c);
  if (r->kind == GET) {
    if (STARTS("VALUE ")) {
      read_value_line(c, line, length);
      return;
    }
    if (STARTS("VA ")) {
      read_meta_value_line(c, line, length);
      return;
    }
    if (!STARTS("END") && !STARTS("EN") && !STARTS("MN")) note_error(line, length);
  } else if (!STARTS("STORED") && !STARTS("HD")) {
    note_error(line, length);
  }
  client_answered(c, r);
}

/* Binary. */

static char *write_header(char *out, uint8_t opcode, size_t extras, size_t value, uint32_t opaque, uint64_t id) {
  size_t key = opcode == OPCODE_NOOP ? 0 : (size_t)options.key_length;
  uint16_t key_length = htons((uint16_t)key);
  uint32_t body = htonl((uint32_t)(extras + key + value));
  memset(out, 0, HEADER);
  out[0] = (char)0x80;
  out[1] = (char)opcode;
  memcpy(out + 2, &key_length, 2);
  out[4] = (char)extras;
  memcpy(out + 8, &body, 4);
  opaque = htonl(opaque);
  memcpy(out + 12, &opaque, 4);
  out += HEADER;
  memset(out, 0, extras);
  out += extras;
  return key ? keys_write(out, id) : out;
}

static char *write_binary(char *out, const struct request *r) {
  if (r->kind == SET) {
    uint32_t length = keys_value_length(r->ids[0]);
    out = write_header(out, OPCODE_SET, 8, length, 0, r->ids[0]);
    return append_value(out, r->ids[0], length);
  }
  if (r->keys == 1) return write_header(out, OPCODE_GET, 0, 0, 0, r->ids[0]);
  for (int i = 0; i < r->keys; i++) out = write_header(out, OPCODE_GETQ, 0, 0, (uint32_t)i, r->ids[i]);
  return write_header(out, OPCODE_NOOP, 0, 0, 0, 0);
}

static void read_header(struct connection *c, const char *header) {
  uint16_t status;
  uint32_t body, opaque;
  uint8_t opcode = (uint8_t)header[1], extras = (uint8_t)header[4];
  memcpy(&status, header + 6, 2);
  memcpy(&body, header + 8, 4);
  memcpy(&opaque, header + 12, 4);
  status = ntohs(status);
  body = ntohl(body);
  opaque = ntohl(opaque);
  struct request *r = current(c);
  int is_get = opcode == OPCODE_GET || opcode == OPCODE_GETQ;
  if ((uint8_t)header[0] != 0x81) give_up("the server's answer is not of the binary protocol");
  if (is_get && status == 0) {
    begin_value(c, opaque < (uint32_t)r->keys ? (int)opaque : -1, body - extras, extras);
  } else {
    c->skip = body;
    if (status != 0 && !(is_get && status == 1)) note_error("binary status not 0", 19);
  }
  if (opcode == OPCODE_NOOP || opcode == OPCODE_SET || (opcode == OPCODE_GET && c->body == 0)) client_answered(c, r);
}

/* All. */

char *wire_write(char *out, const struct request *r) {
  if (options.protocol == BINARY) return write_binary(out, r);
  if (r->kind == SET) return write_set(out, r);
  return options.protocol == META ? write_meta_get(out, r) : write_get(out, r);
}

static size_t read_body(struct connection *c, const char *data, size_t length) {
  size_t left = c->body - c->body_offset, used = length < left ? length : left;
  if (options.verify && c->body == keys_value_length(c->body_id) &&
      memcmp(data, keys_value(c->body_id) + c->body_offset, used) != 0) totals.mismatches++;
  c->body_offset += (uint32_t)used;
  if (c->body_offset == c->body) {
    struct request *r = current(c);
    c->body = c->body_offset = 0;
    if (options.protocol != BINARY) c->skip = 2;
    if (r->keys == 1 && options.protocol != TEXT) client_answered(c, r);
  }
  return used;
}

size_t wire_read(struct connection *c, const char *data, size_t length) {
  const char *at = data, *end = data + length;
  while (at < end) {
    size_t left = (size_t)(end - at);
    if (c->skip) {
      size_t used = left < c->skip ? left : c->skip;
      c->skip -= (uint32_t)used;
      at += used;
    } else if (c->body) {
      at += read_body(c, at, left);
    } else if (c->waiting == 0) {
      give_up("the server sent more than it was asked for: %.*s", (int)(left < 60 ? left : 60), at);
    } else if (options.protocol == BINARY) {
      if (left < HEADER) break;
      read_header(c, at);
      at += HEADER;
    } else {
      const char *newline = memchr(at, '\n', left);
      if (!newline) {
        if (left >= REST) give_up("the server sent a line without an end: %.60s", at);
        break;
      }
      size_t line = (size_t)(newline - at);
      read_line(c, at, line && at[line - 1] == '\r' ? line - 1 : line);
      at = newline + 1;
    }
  }
  return (size_t)(at - data);
}
