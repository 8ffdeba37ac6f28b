package io.ehcached.differential;

import io.ehcached.differential.Script.Step;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What clients of the meta protocol send, and what they should not. */
final class MetaSteps {
  private static final Arbitrary<String> ECHOED =
      Arbitraries.of("k", "O1", "Oopaque", "O", "q", "k");
  private static final Arbitrary<String> UNIQUE =
      Arbitraries.of("C{cas 0}", "C{cas 0}", "C{cas 1}", "C5", "C0");

  private MetaSteps() {}

  static Arbitrary<Step> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(10, get()),
        Tuple.of(9, set()),
        Tuple.of(4, delete()),
        Tuple.of(6, arithmetic()),
        Tuple.of(1, debug()),
        Tuple.of(2, bad()),
        Tuple.of(1, badSet()),
        Tuple.of(2, TextSteps.any()));
  }

  /** Flags of which each is there at most once, unless two are alike and the line is refused. */
  private static Arbitrary<String> flags(Arbitrary<String> flag, int max) {
    return flag.list()
        .ofMaxSize(max)
        .uniqueElements(word -> word.charAt(0))
        .map(words -> String.join("", words.stream().map(" "::concat).toList()));
  }

  /** A step that names a cas unique has to know the last ones. */
  private static Step step(String text) {
    return text.contains("{cas") ? Step.alone(text) : Step.of(text);
  }

  /** Keys, and such as are always written in base64, with the flag that says so. */
  private static Arbitrary<String[]> keys(Arbitrary<String> keys) {
    return Arbitraries.frequencyOf(
        Tuple.of(4, keys.map(key -> new String[] {key, ""})),
        Tuple.of(1, Arbitraries.of("{base64 c}").map(key -> new String[] {key, " b"})));
  }

  private static Arbitrary<Step> get() {
    Arbitrary<String> reading = Arbitraries.of("c", "f", "h", "l", "s", "t", "u", "v", "v", "c");
    Arbitrary<String> writing = Arbitraries.of("N0", "N30", "N-1", "R5", "R45", "R2000000");
    Arbitrary<String> touching = Steps.exptimes().map("T"::concat);
    Arbitrary<String> max =
        Arbitraries.frequencyOf(
            Tuple.of(8, reading), Tuple.of(2, ECHOED), Tuple.of(2, writing), Tuple.of(1, touching));
    Arbitrary<String> plain = Arbitraries.frequencyOf(Tuple.of(4, reading), Tuple.of(1, ECHOED));
    return Arbitraries.oneOf(
        get(keys(Steps.textKeys()), flags(max, 8)),
        // A number must not become blank: so nothing is made in its place here.
        get(keys(Steps.numberKeys()), flags(plain, 8)));
  }

  private static Arbitrary<Step> get(Arbitrary<String[]> keys, Arbitrary<String> flags) {
    return Combinators.combine(keys, flags)
        .as((key, words) -> Step.of("mg " + key[0] + key[1] + once(words) + "\r\n"));
  }

  /** Where T and N are both there, memcached tells, of t between the two, what the first says. */
  private static String once(String flags) {
    return flags.contains(" N") && flags.contains(" T") ? flags.replace(" t", "") : flags;
  }

  private static Arbitrary<Step> set() {
    Arbitrary<String> modes = Arbitraries.of("ME", "MA", "MP", "MR", "MS", "Me", "Ma", "Mr");
    Arbitrary<String> max =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of("c")),
            Tuple.of(2, ECHOED),
            Tuple.of(2, modes),
            Tuple.of(2, UNIQUE),
            Tuple.of(2, Arbitraries.of("I")),
            Tuple.of(1, Steps.flags().map("F"::concat)),
            Tuple.of(1, Steps.exptimes().map("T"::concat)));
    Arbitrary<String> few =
        Arbitraries.oneOf(Arbitraries.of("c"), ECHOED, Steps.exptimes().map("T"::concat));
    return Arbitraries.oneOf(
        set(keys(Steps.textKeys()), Steps.values(), flags(max, 6)),
        set(keys(Steps.textKeys()), Steps.values(), flags(max, 6)),
        set(keys(Steps.numberKeys()), Steps.numbers(), flags(few, 3)));
  }

  private static Arbitrary<Step> set(
      Arbitrary<String[]> keys, Arbitrary<String> values, Arbitrary<String> flags) {
    return Combinators.combine(keys, values, flags)
        .as(
            (key, value, words) ->
                step(
                    "ms "
                        + key[0]
                        + " "
                        + value.length()
                        + key[1]
                        + words
                        + "\r\n"
                        + value
                        + "\r\n"));
  }

  private static Arbitrary<Step> delete() {
    Arbitrary<String> flag =
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.of("I")),
            Tuple.of(1, UNIQUE),
            Tuple.of(1, ECHOED),
            Tuple.of(1, Steps.exptimes().map("T"::concat)));
    return Combinators.combine(keys(Steps.keys()), flags(flag, 5))
        .as((key, words) -> step("md " + key[0] + key[1] + words + "\r\n"));
  }

  private static Arbitrary<Step> arithmetic() {
    Arbitrary<String> flag =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of("c", "t", "v", "v")),
            Tuple.of(2, ECHOED),
            Tuple.of(2, Arbitraries.of("MI", "MD", "M+", "M-", "Mi", "Md")),
            Tuple.of(2, Steps.deltas().map("D"::concat)),
            Tuple.of(2, Arbitraries.of("N0", "N30", "N-1")),
            Tuple.of(1, Arbitraries.of("J0", "J13", "J18446744073709551615")),
            Tuple.of(1, UNIQUE));
    return Combinators.combine(Steps.numberKeys(), flags(flag, 7))
        .as((key, words) -> Step.alone("ma " + key + asked(words) + "\r\n"));
  }

  private static String asked(String flags) {
    return flags.contains(" N") ? flags.replace(" q", "") : flags;
  }

  private static Arbitrary<Step> debug() {
    return Steps.keys().map(key -> Step.of("me " + key + "\r\n"));
  }

  private static Arbitrary<Step> bad() {
    Arbitrary<String> verbs = Arbitraries.of("mg", "md", "ma", "me");
    Arbitrary<String> rest =
        Arbitraries.of(
            "",
            " {longer a}",
            " {a} !",
            " {a} Z",
            " {a} k k",
            " {a} O1 O2",
            " {a} q T",
            " {a} Tx",
            " {a} N",
            " {a} N3x",
            " {a} Cx",
            " {a} C-1",
            " {a} C",
            " {a} O{o*31}",
            " {a} Zz k k",
            " {a} Dx",
            " {a} J",
            " {a} Mx",
            " {a} \u00ff",
            " not=base64 b",
            " a b",
            " Zm9vYg b");
    List<String> words =
        List.of("mx {a}", "m {a}", "mgg {a}", "MG {a}", "mn and so on", "mg", "mz");
    return Arbitraries.frequencyOf(
            Tuple.of(9, Combinators.combine(verbs, rest).as(String::concat)),
            Tuple.of(1, Arbitraries.of(words)))
        // Only of numbers may one be made or counted.
        .map(line -> line.startsWith("ma ") ? line.replace("{a}", "{n}") : line)
        // 1.6.18 would tell of the item, and its cas unique would have a name by that.
        .map(
            line ->
                line.matches("me .* (!|\u00ff)")
                    ? new Step(line + "\r\n", Step.NOT_SENT, true)
                    : Step.alone(line + "\r\n"));
  }

  private static Arbitrary<Step> badSet() {
    Arbitrary<String> lines =
        Arbitraries.of(
            "ms",
            "ms {a}",
            "ms {a} x",
            "ms {a} -1",
            "ms {a} 2147483646",
            "ms {a} 2 Z\r\nhi",
            "ms {a} 2 k k\r\nhi",
            "ms {a} 2 Tx\r\nhi",
            "ms {a} 2 O{o*32}\r\nhi",
            "ms {a} 2 Mx\r\nhi",
            "ms {a} 2 q Mx\r\nhi",
            "ms {a} 2 Fx\r\nhi",
            "ms not=base64 2 b\r\nhi");
    return lines.map(line -> Step.of(line + "\r\n"));
  }
}
