package io.ehcached.protocol.binary;

import io.ehcached.protocol.Command;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A client's message of SASL's PLAIN (RFC 4616): {@code [authzid] NUL authcid NUL passwd}. A client
 * cannot act for another user, so an authzid has to equal the authcid.
 */
final class PlainMessage {
  /** The only mechanism that is supported. */
  static final byte[] MECHANISM = "PLAIN".getBytes(StandardCharsets.US_ASCII);

  private PlainMessage() {}

  /** Returns the request of a message; a malformed message makes one that fails. */
  static Request read(byte[] message) {
    int first = indexOfNul(message, 0);
    int second = indexOfNul(message, first + 1);
    boolean hasAuthzid = first > 0;
    if (second >= message.length
        || indexOfNul(message, second + 1) < message.length
        || second == first + 1
        || second == message.length - 1
        || (hasAuthzid && !Arrays.equals(message, 0, first, message, first + 1, second))) {
      return failed();
    }
    return Request.of(Command.AUTHENTICATE)
        .user(Arrays.copyOfRange(message, first + 1, second))
        .value(Arrays.copyOfRange(message, second + 1, message.length));
  }

  /** Returns a request to authenticate that always fails. */
  static Request failed() {
    return Request.of(Command.AUTHENTICATE).error(Status.AUTH_FAILED);
  }

  private static int indexOfNul(byte[] message, int from) {
    int at = from;
    while (at < message.length && message[at] != 0) {
      at++;
    }
    return at;
  }
}
