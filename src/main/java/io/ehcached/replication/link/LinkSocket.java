package io.ehcached.replication.link;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A connection to a peer that calls go over. The RMI runtime asks a peer whether it is still there
 * before it uses a connection again, and goes by milliseconds in what it counts as just now; so
 * each call would wait for two answers. Where the peer has answered only just now, this answers in
 * its place.
 */
final class LinkSocket extends PeerSocket {
  private static final int PING = 0x52; // of the RMI wire protocol, as is the next
  private static final int PING_ACK = 0x53;
  private static final long JUST_NOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final BooleanSupplier stale;
  private boolean heardLast; // and has said nothing since; used by one caller at a time
  private long heardAt;
  private boolean asked;

  /**
   * Makes one; the other parameters are those of {@link PeerSocket}.
   *
   * @param stale whether this node proves itself by something else by now, so that the next call
   *     needs a new connection
   */
  LinkSocket(Proof proof, int idleMillis, CallBytes calls, BooleanSupplier stale) {
    super(proof, idleMillis, calls);
    this.stale = stale;
  }

  private static boolean isPing(byte[] bytes, int offset, int length) {
    return length == 1 && bytes[offset] == PING;
  }

  private boolean isAnsweredHere(byte[] bytes, int offset, int length) {
    return isPing(bytes, offset, length)
        && heardLast
        && System.nanoTime() - heardAt < JUST_NOW_NANOS;
  }

  private void heard(boolean something) {
    heardLast = something;
    heardAt = System.nanoTime();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream in = super.getInputStream();
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        if (asked) {
          asked = false;
          return PING_ACK;
        }
        int next = in.read();
        heard(next >= 0);
        return next;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (asked && length > 0) {
          asked = false;
          bytes[offset] = PING_ACK;
          return 1;
        }
        int count = in.read(bytes, offset, length);
        heard(count > 0);
        return count;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = super.getOutputStream();
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isPing(bytes, offset, length) && stale.getAsBoolean()) {
          throw new IOException("this node proves itself anew"); // the RMI runtime then connects
        }
        if (isAnsweredHere(bytes, offset, length)) {
          asked = true;
          return;
        }
        heardLast = false;
        out.write(bytes, offset, length);
      }
    };
  }
}
