package io.ehcached.differential;

import io.ehcached.differential.Script.Step;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What clients of the text protocol send, and what they should not. */
final class TextSteps {
  private static final String STORAGE_LINE = "%s %s %s %s %s%s";

  private TextSteps() {}

  static Arbitrary<Step> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(10, storage()),
        Tuple.of(3, cas()),
        Tuple.of(10, retrieval()),
        Tuple.of(6, arithmetic()),
        Tuple.of(6, oneKey()),
        Tuple.of(1, others()),
        Tuple.of(2, badStorage()),
        Tuple.of(2, badLines()));
  }

  private static Arbitrary<String> ends() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.of("\r\n")), Tuple.of(1, Arbitraries.of("\n", " \r\n")));
  }

  private static Arbitrary<String> noreply() {
    return Arbitraries.of("", "", "", " noreply");
  }

  private static Arbitrary<Step> storage() {
    Arbitrary<String> verbs = Arbitraries.of("set", "set", "add", "replace", "append", "prepend");
    return Arbitraries.frequencyOf(
        Tuple.of(3, storage(verbs, Steps.textKeys(), Steps.values())),
        Tuple.of(1, storage(Arbitraries.of("set", "add"), Steps.numberKeys(), Steps.numbers())));
  }

  private static Arbitrary<Step> storage(
      Arbitrary<String> verbs, Arbitrary<String> keys, Arbitrary<String> values) {
    return Combinators.combine(
            verbs, keys, Steps.flags(), Steps.exptimes(), values, noreply(), ends())
        .as(
            (verb, key, flags, exptime, value, noreply, end) ->
                Step.of(
                    String.format(STORAGE_LINE, verb, key, flags, exptime, value.length(), noreply)
                        + end
                        + value
                        + "\r\n"));
  }

  private static Arbitrary<Step> cas() {
    return Combinators.combine(
            Steps.textKeys(),
            Steps.flags(),
            Steps.exptimes(),
            Steps.values(),
            Arbitraries.of("{cas 0}", "{cas 0}", "{cas 1}", "5"),
            noreply())
        .as(
            (key, flags, exptime, value, unique, noreply) ->
                Step.alone(
                    String.format(
                            STORAGE_LINE, "cas", key, flags, exptime, value.length(), " " + unique)
                        + noreply
                        + "\r\n"
                        + value
                        + "\r\n"));
  }

  private static Arbitrary<Step> retrieval() {
    Arbitrary<String> verbs =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of("get", "gets", "gets")),
            Tuple.of(1, Steps.exptimes().map("gat "::concat)),
            Tuple.of(1, Steps.exptimes().map("gats "::concat)));
    Arbitrary<List<String>> keys =
        Arbitraries.frequencyOf(
            Tuple.of(9, Steps.keys().list().ofMinSize(1).ofMaxSize(3)),
            Tuple.of(1, Arbitraries.of("{a}", "{b}", "{n}").list().ofMinSize(20).ofMaxSize(60)));
    Arbitrary<Step> some =
        Combinators.combine(verbs, keys, Arbitraries.of(" ", " ", "  "), ends())
            .as((verb, names, gap, end) -> Step.of(verb + gap + String.join(gap, names) + end));
    // Above two kilobytes a line has to begin with get, and no other step may swallow that.
    Arbitrary<Step> many =
        Combinators.combine(Arbitraries.of("get", "gets"), Steps.keys(), ends())
            .as((verb, name, end) -> Step.alone(verb + (" " + name + " none").repeat(300) + end));
    return Arbitraries.frequencyOf(Tuple.of(30, some), Tuple.of(1, many));
  }

  /** Alone: whether memcached counts in place depends on whether it is still sending the item. */
  private static Arbitrary<Step> arithmetic() {
    return Combinators.combine(
            Arbitraries.of("incr", "decr"), Steps.numberKeys(), Steps.deltas(), noreply(), ends())
        .as(
            (verb, key, delta, noreply, end) ->
                Step.alone(verb + " " + key + " " + delta + noreply + end));
  }

  private static Arbitrary<Step> oneKey() {
    Arbitrary<String> touch =
        Combinators.combine(Steps.keys(), Steps.exptimes())
            .as((key, exptime) -> "touch " + key + " " + exptime);
    Arbitrary<String> delete =
        Combinators.combine(Steps.keys(), Arbitraries.of("", "", " 0"))
            .as((key, zero) -> "delete " + key + zero);
    return Combinators.combine(Arbitraries.oneOf(touch, delete), noreply(), ends())
        .as((line, noreply, end) -> Step.of(line + noreply + end));
  }

  private static Arbitrary<Step> others() {
    return Arbitraries.of(
            "flush_all",
            "flush_all 0",
            "flush_all -5",
            "flush_all noreply",
            "flush_all 0 noreply",
            "version",
            "verbosity 1",
            "verbosity 1 noreply",
            "mn",
            "stats reset")
        .map(line -> Step.of(line + "\r\n"));
  }

  /** Storage commands that fail for what their line or their data block is like. */
  private static Arbitrary<Step> badStorage() {
    Arbitrary<Step> line =
        Combinators.combine(
                Arbitraries.of("set", "add", "append"),
                Arbitraries.of("{longer a} 0 0", "{a} x 0", "{a} -1 0", "{a} 0 x", "{a} 1x 0"),
                Steps.values(),
                noreply())
            .as(
                (verb, words, value, noreply) -> {
                  String start = verb + " " + words + " " + value.length() + noreply + "\r\n";
                  return new Step(start + value + "\r\n", start, true);
                });
    Arbitrary<Step> length =
        Combinators.combine(
                Arbitraries.of("set", "add", "append"),
                Arbitraries.of("-1", "x", "1x", "2147483646", "99999999999999999999"),
                noreply())
            .as(
                (verb, bytes, noreply) -> {
                  String words = verb + " {a} 0 0 " + bytes;
                  // 1.6.18 is silent where noreply says so.
                  return new Step(words + noreply + "\r\n", words + "\r\n", false);
                });
    Arbitrary<Step> block =
        Combinators.combine(
                Arbitraries.of("set", "add", "append", "ms"),
                Arbitraries.of("x", "xy", "xyz\r\n", "xyzxyz\r\n", "xmn\r\n", "xyz\n"),
                noreply())
            .as(
                (verb, data, noreply) ->
                    Step.of(
                        verb.equals("ms")
                            ? "ms {a} 3\r\n" + data
                            : verb + " {a} 0 0 3" + noreply + "\r\n" + data));
    // What is left of a step that is swallowed in part, 1.6.18 answers in many other ways.
    Arbitrary<Step> swallowing =
        Arbitraries.integers()
            .between(10, 200)
            .map(bytes -> Step.ofToday("set {a} 0 0 " + bytes + "\r\nshort\r\n"));
    return Arbitraries.frequencyOf(
        Tuple.of(3, line), Tuple.of(3, length), Tuple.of(3, block), Tuple.of(1, swallowing));
  }

  private static Arbitrary<Step> badLines() {
    return Arbitraries.of(
            "",
            "   ",
            "unknown",
            "gett {a}",
            "GET {a}",
            "\0\u0080",
            "get",
            "gets",
            "gat",
            "gat 0",
            "gat x {a}",
            "touch {a}",
            "touch {a} x",
            "touch {a} x noreply",
            "touch {longer a} 0",
            "delete",
            "delete {longer a}",
            "incr",
            "incr {n}",
            "incr {n} x",
            "incr {n} -1",
            "incr {n} 18446744073709551616",
            "decr {longer a} 1",
            "incr {n} 1x noreply",
            "set",
            "set {a}",
            "set {a} 0 0",
            "cas {a} 0 0",
            "flush_all x",
            "verbosity",
            "stats nonsense",
            "get {longer a}",
            "get {longer a} {a}")
        .map(line -> line.startsWith("get ") ? Step.alone(line + "\r\n") : Step.of(line + "\r\n"));
  }
}
