package io.ehcached.clients;

import static org.awaitility.Awaitility.await;

import io.ehcached.support.FreePorts;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.PeeredFile;
import io.ehcached.support.TextClient;
import java.nio.file.Path;
import java.time.Duration;

/** Two nodes that know each other, in processes of their own. */
final class TwoNodes implements TriedServer {
  private static final String HOST = "127.0.0.1";

  private final Path configOfOne;
  private final NodeProcess two;
  private NodeProcess one;

  TwoNodes() {
    int[] ports = FreePorts.next(2);
    configOfOne = config(ports[0], ports[1]);
    one = NodeProcess.start(configOfOne);
    two = NodeProcess.start(config(ports[1], ports[0]));
    try (TextClient writer = one.connect();
        TextClient reader = two.connect()) {
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(() -> writer.set("met", "x").equals("STORED") && reader.get("met") != null);
    }
  }

  private static Path config(int port, int other) {
    return PeeredFile.write("clients", 128, port, other, false);
  }

  @Override
  public String one() {
    return HOST + ":" + one.port();
  }

  @Override
  public String two() {
    return HOST + ":" + two.port();
  }

  @Override
  public void restartOne() {
    String address = one();
    one.kill();
    one = NodeProcess.start(configOfOne, "-l", address);
  }

  @Override
  public void close() {
    one.close();
    two.close();
  }
}
