package io.ehcached.protocol.meta;

import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.protocol.Wire;

/** The errors of a meta command's line, in memcached's words. */
enum MetaError {
  BAD_FORMAT("bad command line format"),
  TOO_MANY_FLAGS("options flags are too long"),
  DUPLICATE_FLAG("duplicate flag"),
  INVALID_FLAG("invalid flag"),
  INVALID_OR_DUPLICATE_FLAG("invalid or duplicate flag"),
  BAD_TOKEN("bad token in command line format"),
  BAD_BASE64("error decoding key"),
  BAD_INITIAL("invalid numeric initial value"),
  BAD_DELTA("invalid numeric delta value"),
  OPAQUE_TOO_LONG("opaque token too long"),
  BAD_SET_MODE("invalid mode for ms M token"),
  BAD_ARITHMETIC_MODE("invalid mode for ma M token");

  private final String text;

  MetaError(String text) {
    this.text = text;
  }

  /** Returns the request that is nothing but this error. */
  Request request() {
    return Request.invalid(Status.BAD_ARGUMENT).errorText(text).wire(Wire.META);
  }
}
