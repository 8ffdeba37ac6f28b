package io.ehcached.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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
 * Plays transcripts of the binary protocol as {@link ConformanceIT} does those of the text
 * protocol: to Debian's memcached, which proves them true, and to our node, all at once and in
 * pieces. Each is a file in {@code src/it/resources/conformance/binary}, a packet to a line:
 *
 * <pre>
 * # what the transcript is about; a comment
 * # started with: -F               options for the server, before the first exchange
 *
 * &gt; set a value=one flags=7        the client sends a packet: opcode, key, and what else there is
 * &gt; getk a                         ... and another, in the same write
 * &lt; 1 set ok cas=c1                the answer to the first: opcode, status, and the cas unique's name
 * &lt; 2 getk ok flags=7 key=a value=one cas=c1
 *
 * &gt; stat
 * &lt; ...                            any number of lines
 * &lt; 1 stat ok
 *
 * &gt; verbosity level=1
 * &lt; 1 verbosity 0x81 value=Unknown command
 * # ours: 1 verbosity ok           what our node says in place of all the lines above, on purpose
 * # today: 1 verbosity ok          the same, where memcached has come to say so since 1.6.18
 * </pre>
 *
 * <p>Each packet has its place in the exchange for its opaque, by which its answer begins. A cas
 * unique is named when the server first says it, {@code c1}, {@code c2}..., and may be sent by that
 * name. Fields of a request are {@code value flags exptime delta initial level cas}, {@code extras}
 * in place of those that the opcode has, and {@code magic keylength extraslength bodylength} to lie
 * in the header; {@code \x00} is a byte, {@code {ab*3}} is {@code ababab}, and the opcode {@code
 * raw} sends its key alone. {@code closed} is the end of the connection; what follows opens
 * another.
 */
class BinaryConformanceIT {
  private static final Path TRANSCRIPTS = Path.of("src/it/resources/conformance/binary");

  @TestFactory
  List<DynamicNode> transcripts() throws IOException {
    List<DynamicNode> nodes = new ArrayList<>();
    try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
      for (Path file : files.sorted().toList()) {
        BinaryTranscript transcript = BinaryTranscript.read(file);
        assertThat(transcript.exchanges()).as("%s", file).isNotEmpty();
        nodes.add(
            dynamicContainer(
                file.getFileName().toString(), file.toUri(), tests(transcript).stream()));
      }
    }
    assertThat(nodes).isNotEmpty();
    return nodes;
  }

  private static List<DynamicNode> tests(BinaryTranscript transcript) {
    return List.of(
        dynamicTest("memcached 1.6.18", () -> playToMemcached(transcript)),
        dynamicTest("our node", () -> playToOurs(transcript, false)),
        dynamicTest("our node, in pieces", () -> playToOurs(transcript, true)));
  }

  private static void playToMemcached(BinaryTranscript transcript) throws IOException {
    String absence = Memcached.absence();
    assumeTrue(absence == null, absence);
    if (transcript.options().contains("-S")) {
      String usersAbsence = SaslUsers.absence();
      assumeTrue(usersAbsence == null, usersAbsence);
    }
    try (ServerUnderTest server = Memcached.start(transcript.options())) {
      new BinaryPlayer(transcript, server, false).play();
    }
  }

  private static void playToOurs(BinaryTranscript transcript, boolean inPieces) throws IOException {
    try (ServerUnderTest server = EhcachedNode.start(transcript.options())) {
      new BinaryPlayer(transcript, server, inPieces).play();
    }
  }

  @AfterAll
  static void stopNodes() {
    EhcachedNode.stopAll();
  }
}
