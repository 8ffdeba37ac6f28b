package io.ehcached.compare;

import io.ehcached.compare.NodeClient.Line;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The program {@code bin/ehcached compare}: tells whether nodes hold the same items. */
public final class Compare {
  /** The exit status when all nodes hold the same, and none has a problem with a peer. */
  static final int SAME = 0;

  /** The exit status when keys differ, or something is wrong with a peer. */
  static final int DIFFERENT = 1;

  /** The exit status when a node could not be asked. */
  static final int FAILED = 2;

  /** The exit status for a mistake on the command line. */
  static final int USAGE = 64;

  static final String TEXT =
      """
      Usage: ehcached compare [OPTION]... HOST:PORT HOST:PORT...

      Tells whether nodes hold the same items: how many items each holds, what is wrong with its
      peers, how many keys differ, and which. HOST:PORT is where clients connect; [::1]:11211 for IPv6. It asks each node for
      a list of its keys (lru_crawler metadump), so -X must not be set there. A key differs where
      the cas unique or the size of its items does, or only some nodes have it. Keys that differ
      are looked at once more after two seconds, since a write may be on its way. An item that
      one node alone evicted counts as different.

        --keys N      prints at most N keys (100)
        --wait N      looks again after N seconds (2)
        --login FILE  logs in with the first line of FILE, user:password, where nodes have -Y

      Exit status: 0 if all is well, 1 if keys differ or something is wrong with a peer, 2 if a
      node could not be asked, 64 for a mistake in the arguments.""";

  private static final int MAX_SHOWN = 100;
  private static final long MILLIS = 1000;

  private final PrintStream out;
  private final List<String> addresses = new ArrayList<>();
  private int shown = MAX_SHOWN;
  private long waitMillis = 2 * MILLIS;
  private String login;

  private Compare(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws InterruptedException {
    System.exit(run(args, System.out, System.err));
  }

  /** Runs, and returns the exit status. */
  static int run(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
    Compare compare = new Compare(out);
    try {
      if (List.of(args).contains("-h") || List.of(args).contains("--help")) {
        out.println(TEXT);
        return SAME;
      }
      compare.read(args);
    } catch (IllegalArgumentException e) {
      err.println("ehcached compare: " + e.getMessage());
      return USAGE;
    }
    try {
      return compare.run();
    } catch (IOException e) {
      err.println("ehcached compare: " + e.getMessage());
      return FAILED;
    }
  }

  private void read(String[] args) {
    Iterator<String> words = List.of(args).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!word.startsWith("-")) {
        addresses.add(address(word));
        continue;
      }
      String value = words.hasNext() ? words.next() : null;
      switch (word) {
        case "--keys" -> shown = number(word, value);
        case "--wait" -> waitMillis = number(word, value) * MILLIS;
        case "--login" -> login = login(value);
        default ->
            throw new IllegalArgumentException(
                "there is no option " + word + "; see ehcached compare -h");
      }
    }
    if (addresses.size() < 2) {
      throw new IllegalArgumentException(
          "give at least two nodes, 10.0.0.1:11211 10.0.0.2:11211 say; see ehcached compare -h");
    }
  }

  private static String address(String given) {
    int colon = given.lastIndexOf(':');
    if (colon <= 0 || !given.substring(colon + 1).matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          given + " is not a node's address; write HOST:PORT, 10.0.0.1:11211 say");
    }
    return given;
  }

  private static int number(String option, String value) {
    if (value == null || !value.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          option + " needs a number, not " + (value == null ? "nothing" : value));
    }
    return Integer.parseInt(value);
  }

  private static String login(String file) {
    if (file == null) {
      throw new IllegalArgumentException("--login needs a file");
    }
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      if (lines.isEmpty() || !lines.get(0).contains(":")) {
        throw new IllegalArgumentException(
            file + " has no first line user:password; write one, or name another file");
      }
      return lines.get(0).replaceFirst(":", " ");
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read; name another file", e);
    }
  }

  private int run() throws IOException, InterruptedException {
    List<NodeClient> nodes = new ArrayList<>();
    try {
      for (String address : addresses) {
        nodes.add(new NodeClient(address, login));
      }
      Comparison comparison = new Comparison(nodes);
      Map<String, Line[]> differences = comparison.differences(waitMillis);
      boolean well = differences.isEmpty();
      for (int i = 0; i < nodes.size(); i++) {
        PeersOfNode peers = new PeersOfNode(nodes.get(i).replication());
        out.println(
            addresses.get(i)
                + ": "
                + counted(comparison.items(i), "item")
                + ", "
                + counted(peers.count(), "peer"));
        List<String> problems = peers.problems();
        problems.forEach(problem -> out.println("  " + problem));
        well &= problems.isEmpty();
      }
      tell(differences);
      return well ? SAME : DIFFERENT;
    } finally {
      nodes.forEach(NodeClient::close);
    }
  }

  private void tell(Map<String, Line[]> differences) {
    int count = differences.size();
    if (count == 0) {
      out.println("no keys differ");
      return;
    }
    String more = count >= Comparison.MAX_KEYS ? "at least " : "";
    out.println(more + counted(count, "key") + (count == 1 ? " differs" : " differ"));
    differences.entrySet().stream()
        .limit(shown)
        .forEach(entry -> out.println("  " + entry.getKey() + ": " + described(entry.getValue())));
    if (count > shown) {
      out.println("  ... and " + (count - shown) + " more; --keys N shows more");
    }
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private String described(Line[] lines) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      texts.add(
          (lines[i] == null
                  ? "missing"
                  : "cas "
                      + Long.toUnsignedString(lines[i].cas())
                      + " of "
                      + lines[i].size()
                      + " bytes")
              + " at "
              + addresses.get(i));
    }
    return String.join(", ", texts);
  }
}
