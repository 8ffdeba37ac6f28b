package io.ehcached.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.conformance.EhcachedNode;
import io.ehcached.conformance.Memcached;
import io.ehcached.conformance.ServerUnderTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.PropagationMode;

/**
 * What means the same in all three protocols, asked in each of them: of our node, of our node by
 * turns in one and the other, and of memcached where it is installed. All must come to the same.
 *
 * <p>The files in {@code src/it/resources/conformance/alike} have a request to a line ({@code > set
 * a value=one flags=7}) and below it what the answer means ({@code < ok}), in the words of {@link
 * Speaker}; braces are as in {@link Names}.
 */
class ThreeProtocolsIT {
  private static final Path TRANSCRIPTS = Path.of("src/it/resources/conformance/alike");
  private static final List<String> OPTIONS = List.of("-I", "2k", "-o", "slab_chunk_max=2048");

  /** Who answers, and in which protocols: by turns, where there are several. */
  private static final Map<String, List<Speaker>> SPEAKERS = new LinkedHashMap<>();

  private static ServerUnderTest memcached;
  private static int played;

  @BeforeContainer
  static void start() throws IOException {
    add("ours", EhcachedNode.start(OPTIONS).address());
    String absence = Memcached.absence();
    if (absence == null) {
      memcached = Memcached.start(OPTIONS);
      add("memcached's", memcached.address());
    } else {
      System.out.println("our protocols are not compared with memcached's: " + absence);
    }
  }

  private static void add(String whose, InetSocketAddress address) throws IOException {
    SPEAKERS.put(whose + " in text", List.of(new TextSpeaker(address)));
    SPEAKERS.put(whose + " in meta", List.of(new MetaSpeaker(address)));
    SPEAKERS.put(whose + " in binary", List.of(new BinarySpeaker(address)));
    SPEAKERS.put(
        whose + " by turns",
        List.of(new TextSpeaker(address), new MetaSpeaker(address), new BinarySpeaker(address)));
  }

  @AfterContainer
  static void stop() throws IOException {
    for (List<Speaker> speakers : SPEAKERS.values()) {
      for (Speaker speaker : speakers) {
        speaker.close();
      }
    }
    SPEAKERS.clear();
    if (memcached != null) {
      memcached.close();
    }
    EhcachedNode.stopAll();
  }

  @Example
  void transcripts() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(TRANSCRIPTS)) {
      files = all.sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      List<String> operations = lines("> ", lines);
      List<String> expected = lines("< ", lines);
      assertThat(expected).as("%s", file).isNotEmpty().hasSameSizeAs(operations);
      play(operations)
          .forEach(
              (who, answers) ->
                  assertThat(told(operations, answers))
                      .as("%s, %s", file.getFileName(), who)
                      .isEqualTo(told(operations, expected)));
    }
  }

  private static List<String> lines(String start, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  private static String told(List<String> operations, List<String> answers) {
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < operations.size(); i++) {
      told.append("> ")
          .append(operations.get(i))
          .append("\n< ")
          .append(answers.get(i))
          .append('\n');
    }
    return told.toString();
  }

  @Property(tries = 500)
  @AddLifecycleHook(value = SeededTries.class, propagateTo = PropagationMode.ALL_DESCENDANTS)
  void anyOperations(@ForAll("operations") List<String> operations) throws IOException {
    Map<String, List<String>> answers = play(operations);
    String first = answers.keySet().iterator().next();
    answers.forEach(
        (who, said) ->
            assertThat(told(operations, said))
                .as("%s, and not as %s", who, first)
                .isEqualTo(told(operations, answers.get(first))));
  }

  /** Returns what each says to the operations, one after the other. */
  private static Map<String, List<String>> play(List<String> operations) throws IOException {
    boolean touches = operations.stream().anyMatch(one -> one.matches("(?s)(touch|gat) .*"));
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Map.Entry<String, List<Speaker>> entry : SPEAKERS.entrySet()) {
      Names names = new Names(String.format("%08d", ++played), touches);
      List<Speaker> speakers = entry.getValue();
      speakers.forEach(speaker -> speaker.begin(names));
      List<String> answers = new ArrayList<>();
      for (String operation : operations) {
        answers.add(speakers.get(answers.size() % speakers.size()).ask(operation));
      }
      all.put(entry.getKey(), answers);
    }
    return all;
  }

  @Provide
  Arbitrary<List<String>> operations() {
    Arbitrary<String> exptimes = Arbitraries.of("0", "0", "30", "2592000", "2592001");
    Arbitrary<String> values =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.of("x", "two", "a\r\n", "7", "99", "18446744073709551615")),
            Tuple.of(1, Arbitraries.integers().between(900, 1800).map("v"::repeat)));
    Arbitrary<String> storage =
        Combinators.combine(
                Arbitraries.of("set", "set", "add", "replace"),
                Steps.keys(),
                values,
                Steps.flags(),
                exptimes)
            .as(
                (verb, key, value, flags, exptime) ->
                    verb + " " + key + stored(value) + " flags=" + flags + " exptime=" + exptime);
    Arbitrary<String> compared =
        Combinators.combine(Steps.keys(), values, Arbitraries.of("{cas 0}", "{cas 0}", "{cas 1}"))
            .as((key, value, cas) -> "set " + key + stored(value) + " cas=" + cas);
    Arbitrary<String> large = Steps.keys().map(key -> "set " + key + stored("v".repeat(2100)));
    Arbitrary<String> joined =
        Combinators.combine(Arbitraries.of("append", "prepend"), Steps.keys(), values)
            .as((verb, key, value) -> verb + " " + key + stored(value));
    Arbitrary<String> plain =
        Combinators.combine(Arbitraries.of("get", "get", "get", "delete"), Steps.keys())
            .as((verb, key) -> verb + " " + key);
    Arbitrary<String> sums =
        Combinators.combine(
                Arbitraries.of("increment", "decrement"), Steps.numberKeys(), Steps.deltas())
            .as((verb, key, delta) -> verb + " " + key + " delta=" + delta);
    Arbitrary<String> touches =
        Combinators.combine(Arbitraries.of("touch", "gat"), Steps.keys(), exptimes)
            .as((verb, key, exptime) -> verb + " " + key + " exptime=" + exptime);
    Arbitrary<String> others = Arbitraries.of("flush", "noop");
    Arbitrary<String> max =
        Arbitraries.frequencyOf(
            Tuple.of(6, storage),
            Tuple.of(2, compared),
            Tuple.of(1, large),
            Tuple.of(2, joined),
            Tuple.of(8, plain),
            Tuple.of(3, sums),
            Tuple.of(1, others));
    Arbitrary<String> all = Arbitraries.frequencyOf(Tuple.of(9, max), Tuple.of(1, touches));
    return Arbitraries.oneOf(
        max.list().ofMinSize(1).ofMaxSize(20), all.list().ofMinSize(1).ofMaxSize(20));
  }

  private static String stored(String value) {
    return " value=" + Script.escaped(value);
  }
}
