package io.ehcached.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.ehcached.support.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays transcripts of what clients ask and memcached answers, byte for byte: to Debian's
 * memcached, which proves them true, and to our node, all at once and in pieces; and to memcached
 * 1.6.45 where {@code -Dmemcached.today=FILE} names one (built with TLS, as Debian's is), which
 * proves what it answers otherwise. Each transcript is a file in {@code
 * src/it/resources/conformance} and begins with a server that is empty.
 *
 * <pre>
 * # what the transcript is about; a comment
 * # started with: -I 2k -F         options for the server, before the first exchange
 *
 * &gt; set a 0 0 1                    the client sends a line
 * &gt; x                              ... and another, in the same write
 * &lt; STORED                         the server answers with this line, and with nothing before it
 *
 * &gt; delete a junk
 * &lt; CLIENT_ERROR what 1.6.18 says
 * # today: DELETED                 what memcached says by now and our node is to say, in place of
 *                                  the server's lines right above; "# today:" alone is no line
 *
 * # ours: DELETED                  the same, where our node differs on purpose; a comment says why
 *
 * &gt;~ get a                         sent again and again, until it is answered as follows
 * &lt; END
 * </pre>
 *
 * <p>A line ends in CR LF, unless its last character is a backslash. Within a line:
 *
 * <pre>
 * \r \n \t \\ \x00    a byte; a backslash makes the opening brace one as well
 * &#123;ab*3&#125;            ababab
 * &#123;k1..k3&#125;          k1 k2 k3
 * &#123;cas name&#125;        a number: the first time, from the server, any, which then has that name
 * &#123;number&#125;          from the server: any number
 * &#123;in 90&#125;           from the server: 90, less the seconds that have passed
 * &#123;ago 0&#125;           from the server: 0, and the seconds that have passed
 * &#123;any&#125;             from the server: what is left of the line
 * &#123;stats a b&#125;       from the server: lines "STAT name value", for the names a and b and any
 *                    others, and END
 * &#123;closed&#125;          from the server: the end of the connection; what is sent next opens another
 * </pre>
 *
 * <p>When a transcript is over, the client sends no more, and the server must close with nothing
 * left to say.
 */
class ConformanceIT {
  private static final Servers OURS = EhcachedNode::start;
  private static final Path TRANSCRIPTS = Path.of("src/it/resources/conformance");

  @TestFactory
  List<DynamicNode> transcripts() throws IOException {
    List<DynamicNode> nodes = new ArrayList<>();
    for (Path file : files()) {
      Transcript transcript = Transcript.read(file);
      nodes.add(
          dynamicContainer(
              file.getFileName().toString(), file.toUri(), tests(transcript).stream()));
    }
    assertThat(nodes).isNotEmpty();
    return nodes;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static List<DynamicNode> tests(Transcript transcript) {
    List<DynamicNode> tests = new ArrayList<>();
    tests.add(dynamicTest("memcached 1.6.18", () -> playToMemcached(transcript)));
    if (Memcached.hasToday()) {
      tests.add(
          dynamicTest("memcached of today", () -> play(transcript, Memcached::startToday, false)));
    }
    tests.add(dynamicTest("our node", () -> playToOurs(transcript, false)));
    tests.add(dynamicTest("our node, in pieces", () -> playToOurs(transcript, true)));
    return tests;
  }

  private static void playToMemcached(Transcript transcript) throws IOException {
    String absence = Memcached.absence();
    assumeTrue(absence == null, absence);
    play(transcript, Memcached::start, false);
  }

  private static void playToOurs(Transcript transcript, boolean inPieces) throws IOException {
    play(transcript, OURS, inPieces);
  }

  private interface Servers {
    ServerUnderTest start(List<String> options) throws IOException;
  }

  /** Plays a transcript; to memcached again for as long as it is busy with a dump before. */
  private static void play(Transcript transcript, Servers servers, boolean inPieces)
      throws IOException {
    long start = System.nanoTime();
    while (true) {
      try (ServerUnderTest server = servers.start(transcript.options())) {
        new Player(transcript, server, inPieces).play();
        return;
      } catch (AssertionError e) {
        boolean late = System.nanoTime() - start > Patience.LONG.toNanos();
        if (late || servers == OURS || !e.getMessage().contains("BUSY currently")) {
          throw e;
        }
        System.out.println("played again: " + e.getMessage());
      }
    }
  }

  @AfterAll
  static void stopNodes() {
    EhcachedNode.stopAll();
  }
}
