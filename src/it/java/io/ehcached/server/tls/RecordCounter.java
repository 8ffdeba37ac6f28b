package io.ehcached.server.tls;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between one client and a server, and counts the TLS records that the server sends. */
final class RecordCounter implements AutoCloseable {
  private static final int APPLICATION_DATA = 23;

  private final ServerSocket listener;
  private final Socket server;
  private final AtomicLong dataRecords = new AtomicLong();

  RecordCounter(int port) throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server = new Socket(InetAddress.getLoopbackAddress(), port);
    start(
        () -> {
          Socket client = listener.accept();
          start(() -> toServer(client.getInputStream()));
          toClient(client.getOutputStream());
        });
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // one of the two has gone
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void toServer(InputStream in) throws IOException {
    in.transferTo(server.getOutputStream());
  }

  private void toClient(OutputStream out) throws IOException {
    DataInputStream in = new DataInputStream(server.getInputStream());
    while (true) {
      byte[] header = new byte[5]; // type, version, length
      in.readFully(header);
      byte[] record = in.readNBytes((header[3] & 0xFF) << Byte.SIZE | (header[4] & 0xFF));
      if (header[0] == APPLICATION_DATA) {
        dataRecords.incrementAndGet();
      }
      out.write(header);
      out.write(record);
      out.flush();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how many with data the client has been handed, or is being handed. */
  long dataRecords() {
    return dataRecords.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    server.close();
  }
}
