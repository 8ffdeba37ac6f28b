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
    void run(InputStream in, OutputStream out) throws IOException;
  }

  private final Proof proof;
  private final int idleMillis;
  private final Object proving = new Object();
  private boolean proved; // guarded by proving

  /**
   * @param proof gone through before the first byte, or null for none
   * @param idleMillis how long a read may take where no deadline says otherwise
   */
  PeerSocket(Proof proof, int idleMillis) {
    this.proof = proof;
    this.idleMillis = idleMillis;
    proved = proof == null;
  }

  /** Goes through the proof now, unless that was done. */
  void prove() throws IOException {
    synchronized (proving) {
      if (!proved) {
        proof.run(raw(super.getInputStream()), super.getOutputStream());
        proved = true;
        onProved();
      }
    }
  }

  /** Is called when the proof was gone through. */
  void onProved() {}

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
        prove();
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        prove();
        return in.read(bytes, offset, length);
      }
    };
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
    Deadline deadline = Deadline.current();
    if (deadline != null) {
      deadline.uses(this);
    }
  }
}
