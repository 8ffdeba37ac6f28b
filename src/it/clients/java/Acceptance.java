import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What the scripts for clients in Java share: the nodes to talk to, and how to check. See
 * ../README.md for how a script is started.
 */
final class Acceptance {
  final String one;
  final String two;
  final boolean binary;
  final boolean cluster;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final String prefix;
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  /** Takes what the script was started with. */
  Acceptance(Class<?> script, String[] arguments) {
    if (arguments.length < 2) {
      System.err.println("usage: " + script.getName() + " HOST:PORT HOST:PORT [PROTOCOL]");
      System.exit(2);
    }
    // The clients' threads would keep the script from ending.
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          e.printStackTrace(System.out);
          System.exit(1);
        });
    one = arguments[0];
    two = arguments[1];
    String protocol = arguments.length > 2 ? arguments[2] : "text";
    binary = protocol.equals("binary");
    cluster = !one.equals(two);
    prefix = script.getName() + "-" + protocol + "-";
  }

  static InetSocketAddress address(String node) {
    int colon = node.lastIndexOf(':');
    return new InetSocketAddress(
        node.substring(0, colon), Integer.parseInt(node.substring(colon + 1)));
  }

  /** Returns a key that no other script uses. */
  String key(String name) {
    return prefix + name;
  }

  /** Returns so many bytes that cannot be compressed. */
  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(4711).nextBytes(bytes);
    return bytes;
  }

  /** Prints what was found, and ends the script where that is not what was expected. */
  static void check(String what, Object actual, Object expected) {
    if (!Objects.deepEquals(actual, expected)) {
      System.out.println(
          "WRONG " + what + ": expected " + text(expected) + ", and it is " + text(actual));
      System.exit(1);
    }
    System.out.println("ok    " + what);
  }

  private static String text(Object value) {
    String text = Arrays.deepToString(new Object[] {value});
    return text.length() > 200 ? text.substring(0, 200) + "..." : text;
  }

  /** Checks that something fails, or says that it did nothing. */
  static void refused(String what, Callable<?> action) {
    Object result;
    try {
      result = action.call();
    } catch (Exception e) { // each client has its own
      what += " (" + e + ")";
      result = false;
    }
    check(what, result, false);
  }

  /** Awaits that something is as expected; until then it may fail as well. */
  static void eventually(String what, Object expected, Callable<?> actual)
      throws InterruptedException {
    long start = System.nanoTime();
    Object found;
    do {
      Thread.sleep(20);
      try {
        found = actual.call();
      } catch (Exception e) { // the client may not have found out yet that the node is back
        found = e;
      }
    } while (!Objects.deepEquals(found, expected) && System.nanoTime() - start < PATIENCE_NANOS);
    check(what, found, expected);
  }

  /** Asks whoever runs this script for something, and waits until it is done. */
  void ask(String request) throws IOException {
    System.out.println("@" + request);
    input.readLine();
  }
}
