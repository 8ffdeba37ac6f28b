package io.ehcached.replication.link;

import io.ehcached.replication.wire.OtherVersionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The result of a call to a {@link RemoteRegion}: a byte that tells whether the frame was served,
 * then the answer or the fault. Faults travel as text, so that no exception has to be deserialised.
 */
final class CallResult {
  private static final byte SERVED = 0;
  private static final byte FAILED = 1;
  private static final byte OTHER_VERSION = 2;

  private CallResult() {}

  static byte[] served(byte[] answer) {
    return encode(SERVED, answer);
  }

  static byte[] failed(String why) {
    return encode(FAILED, why.getBytes(StandardCharsets.UTF_8));
  }

  /** Older nodes take it for a failure, and tell its text. */
  static byte[] otherVersion(String why) {
    return encode(OTHER_VERSION, why.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] encode(byte status, byte[] body) {
    byte[] reply = new byte[1 + body.length];
    reply[0] = status;
    System.arraycopy(body, 0, reply, 1, body.length);
    return reply;
  }

  /**
   * Returns the answer.
   *
   * @throws OtherVersionException when the peer cannot talk to this node
   * @throws IOException when the frame was not served, with the peer's text
   */
  static byte[] decode(byte[] reply) throws IOException {
    if (reply == null || reply.length == 0) {
      throw new IOException("the peer answered nothing at all");
    }
    if (reply[0] != SERVED) {
      String text =
          "the peer says: " + new String(reply, 1, reply.length - 1, StandardCharsets.UTF_8);
      throw reply[0] == OTHER_VERSION ? new OtherVersionException(text) : new IOException(text);
    }
    return Arrays.copyOfRange(reply, 1, reply.length);
  }
}
