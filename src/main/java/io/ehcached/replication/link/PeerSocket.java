package io.ehcached.replication.link;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * A connection between two nodes. What the RMI runtime reads and writes comes only after the proof,
 * which the first thread that reads or writes goes through; and a calling thread's {@link Deadline}
 * holds for each read and write.
 */
class PeerSocket extends Socket {
  /** How the other end shows that it is a peer. */
  interface Proof {
    void run(Socket socket, InputStream in, OutputStream out) throws IOException;
  }

  private final Proof proof;
  private final int idleMillis;
  private final CallBytes calls;
  private final Object proving = new Object();
  private boolean proved; // guarded by proving

  /**
   * @param proof gone through before the first byte, or null for none
   * @param idleMillis how long a read may take where no deadline says otherwise
   * @param calls bounds what the other end sends after its proof; null for no bounds
   */
  PeerSocket(Proof proof, int idleMillis, CallBytes calls) {
    this.proof = proof;
    this.idleMillis = idleMillis;
    this.calls = calls;
    proved = proof == null;
  }

  /** Goes through the proof now, unless that was done. */
  void prove() throws IOException {
    synchronized (proving) {
      if (!proved) {
        proof.run(this, raw(super.getInputStream()), super.getOutputStream());
        proved = true;
        onProved();
      }
    }
  }

  /** Is called when the proof was gone through. */
  void onProved() {}

  /** Is called when something was read, or is about to be written. */
  void onUsed() {}

  /** Is called when the other end sends more than it may, and was hung up on. */
  void onOversized(OversizedException why) {}

  /** The RMI runtime's own timeouts are hours long; ours are set at each read. */
  @Override
  public void setSoTimeout(int millis) throws SocketException {
    super.setSoTimeout(millis == 0 ? idleMillis : Math.min(millis, idleMillis));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream in = raw(super.getInputStream());
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        prove();
        int count = in.read(bytes, offset, length);
        onUsed();
        if (calls != null && count > 0) {
          take(bytes, offset, count);
        }
        return count;
      }
    };
  }

  private void take(byte[] bytes, int offset, int count) throws IOException {
    try {
      calls.take(bytes, offset, count);
    } catch (OversizedException e) {
      close();
      onOversized(e);
      throw e;
    }
  }

  private InputStream raw(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        beforeRead();
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        beforeRead();
        return in.read(bytes, offset, length);
      }
    };
  }

  private void beforeRead() throws IOException {
    Deadline deadline = Deadline.current();
    if (deadline == null) {
      super.setSoTimeout(idleMillis);
    } else {
      deadline.uses(this);
      super.setSoTimeout(deadline.remainingMillis());
    }
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = super.getOutputStream();
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        beforeWrite();
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        beforeWrite();
        out.write(bytes, offset, length);
      }
    };
  }

  private void beforeWrite() throws IOException {
    prove();
    onUsed();
    if (calls != null) {
      calls.turn();
    }
    Deadline deadline = Deadline.current();
    if (deadline != null) {
      deadline.uses(this);
    }
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the superclass locks for itself
  public void close() throws IOException {
    if (calls != null) { // the superclass may close while it is being made
      calls.close();
    }
    super.close();
  }
}
