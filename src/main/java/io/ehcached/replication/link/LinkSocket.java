package io.ehcached.replication.link;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

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

  private boolean heardLast; // and has said nothing since; used by one caller at a time
  private long heardAt;
  private boolean asked;

  LinkSocket(Proof proof, int idleMillis, CallBytes calls) {
    super(proof, idleMillis, calls);
  }

  private boolean isAnsweredHere(byte[] bytes, int offset, int length) {
    return length == 1
        && bytes[offset] == PING
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
