package io.ehcached.replication.discovery;

import io.ehcached.replication.security.Refusal;
import io.ehcached.replication.security.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Heartbeats as datagrams.
 *
 * <pre>
 *   "EHB1"  flags (1: leaving, 2: with a code)
 *   cluster (length in 1 byte, UTF-8)
 *   started  number  sequence  sent (8 each)
 *   address (length in 1 byte: 4 or 16)  port (2)
 *   count of regions (1), each: length in 1 byte, UTF-8
 *   whatever nodes of later minor versions add
 *   code (32) over all before, if the nodes share a secret
 * </pre>
 */
final class HeartbeatCodec {
  /** The longest there is, in bytes: it is never sent in fragments. */
  static final int MAX_LENGTH = 1_400;

  private static final int MAGIC = 0x45484231; // EHB1, of which 1 is the major version
  private static final int VERSION = 0xFF;
  private static final int LEAVING = 1;
  private static final int WITH_CODE = 2;
  private static final int MAX_NAME = 255;

  private final Secret secret; // null for none

  HeartbeatCodec(Secret secret) {
    this.secret = secret;
  }

  /** Why a datagram is not taken for a heartbeat. */
  static final class BadHeartbeatException extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    BadHeartbeatException(Refusal refusal, String message) {
      super(message);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  /** Returns how many of {@code regions}, from {@code first} on, one heartbeat has room for. */
  static int fitting(List<String> regions, int first) {
    int room = MAX_LENGTH - 2 * MAX_NAME; // what else a heartbeat has takes less than that
    int count = 0;
    while (first + count < regions.size() && count < MAX_NAME) {
      room -= 1 + regions.get(first + count).getBytes(StandardCharsets.UTF_8).length;
      if (room < 0) {
        break;
      }
      count++;
    }
    return count;
  }

  byte[] encode(Heartbeat heartbeat) {
    ByteBuffer out = ByteBuffer.allocate(MAX_LENGTH);
    out.putInt(MAGIC);
    out.put((byte) ((heartbeat.leaving() ? LEAVING : 0) | (secret == null ? 0 : WITH_CODE)));
    putName(out, heartbeat.cluster());
    out.putLong(heartbeat.incarnation().startedMillis());
    out.putLong(heartbeat.incarnation().number());
    out.putLong(heartbeat.sequence());
    out.putLong(heartbeat.sentMillis());
    byte[] address = heartbeat.address().getAddress();
    out.put((byte) address.length).put(address).putShort((short) heartbeat.port());
    out.put((byte) heartbeat.regions().size());
    for (String region : heartbeat.regions()) {
      putName(out, region);
    }
    byte[] bytes = Arrays.copyOf(out.array(), out.position());
    if (secret == null) {
      return bytes;
    }
    out.put(secret.heartbeatCode(bytes));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void putName(ByteBuffer out, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    out.put((byte) bytes.length).put(bytes);
  }

  /**
   * Reads a heartbeat of a cluster. Of one without the code that is asked for, no more is read than
   * whose it is.
   */
  Heartbeat decode(ByteBuffer in, String cluster) throws BadHeartbeatException {
    if (in.remaining() > MAX_LENGTH) {
      throw new BadHeartbeatException(Refusal.HEARTBEAT_OVERSIZED, "it is too long");
    }
    try {
      return read(in, cluster);
    } catch (BufferUnderflowException | UnknownHostException e) {
      throw malformed();
    }
  }

  private Heartbeat read(ByteBuffer in, String cluster)
      throws BadHeartbeatException, UnknownHostException {
    int begin = in.position();
    int magic = in.getInt();
    if (magic != MAGIC) {
      throw (magic & ~VERSION) == (MAGIC & ~VERSION) ? otherVersion(magic) : malformed();
    }
    int flags = in.get();
    String name = getName(in);
    if (!name.equals(cluster)) {
      throw new BadHeartbeatException(
          Refusal.HEARTBEAT_CLUSTER,
          "its cluster is '"
              + name
              + "' and this node's is '"
              + cluster
              + "': where they should be one, give <ehcache> the same name, or clusterName");
    }
    checkCode(in, begin, (flags & WITH_CODE) != 0);
    Incarnation incarnation = new Incarnation(in.getLong(), in.getLong());
    long sequence = in.getLong();
    long sent = in.getLong();
    byte[] address = getBytes(in);
    int port = Short.toUnsignedInt(in.getShort());
    int count = Byte.toUnsignedInt(in.get());
    List<String> regions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      regions.add(getName(in));
    }
    if (port == 0) {
      throw malformed();
    }
    return new Heartbeat(
        name,
        incarnation,
        sequence,
        sent,
        InetAddress.getByAddress(address),
        port,
        regions,
        (flags & LEAVING) != 0);
  }

  private void checkCode(ByteBuffer in, int begin, boolean present) throws BadHeartbeatException {
    if (secret != null) {
      int length = in.limit() - begin - Secret.CODE_LENGTH;
      byte[] code = new byte[Secret.CODE_LENGTH];
      byte[] covered = new byte[Math.max(0, length)];
      if (present && length > 0) {
        in.get(in.limit() - code.length, code).get(begin, covered);
      }
      if (!present || length <= 0 || !secret.isHeartbeatCode(code, covered)) {
        throw new BadHeartbeatException(
            Refusal.HEARTBEAT_UNPROVED,
            "it does not prove that it knows this node's secret: is secretFile the same there?");
      }
    }
    if (present) {
      in.limit(Math.max(in.position(), in.limit() - Secret.CODE_LENGTH));
    }
  }

  private static BadHeartbeatException otherVersion(int magic) {
    char version = (char) (magic & VERSION);
    return new BadHeartbeatException(
        Refusal.HEARTBEAT_VERSION,
        "it is of version "
            + (version > ' ' && version <= '~' ? version : '?')
            + ", and this node's are of 1: bring both nodes to releases with the same first number");
  }

  private static BadHeartbeatException malformed() {
    return new BadHeartbeatException(
        Refusal.HEARTBEAT_MALFORMED,
        "it is not of this kind of node (stock Ehcache nodes cannot be peers)");
  }

  private static String getName(ByteBuffer in) throws BadHeartbeatException {
    String name = new String(getBytes(in), StandardCharsets.UTF_8);
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw malformed(); // it goes into the log
    }
    return name;
  }

  private static byte[] getBytes(ByteBuffer in) {
    byte[] bytes = new byte[Byte.toUnsignedInt(in.get())];
    in.get(bytes);
    return bytes;
  }
}
