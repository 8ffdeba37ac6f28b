package io.ehcached.differential;

import io.ehcached.differential.Script.Step;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What clients of the binary protocol send, and what they should not. */
final class BinarySteps {
  private BinarySteps() {}

  static Arbitrary<Step> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(10, storage()),
        Tuple.of(10, reading()),
        Tuple.of(3, joining()),
        Tuple.of(5, arithmetic()),
        Tuple.of(4, deleting()),
        Tuple.of(2, others()),
        Tuple.of(2, bad()));
  }

  /** Opcodes and their quiet twins. */
  private static Arbitrary<String> opcodes(String... names) {
    return Combinators.combine(Arbitraries.of(names), Arbitraries.of("", "", "q"))
        .as(String::concat);
  }

  private static Arbitrary<String> cas() {
    return Arbitraries.of("", "", "", "", " cas=back0", " cas=back1", " cas=5");
  }

  /** A step that names a cas unique has to know the last ones. */
  private static Step step(String text) {
    return text.contains("cas=back") ? Step.alone(text) : Step.of(text);
  }

  /** Values as {@link io.ehcached.conformance.BinaryRequest} reads them. */
  private static Arbitrary<String> value(Arbitrary<String> values) {
    return values.map(value -> value.isEmpty() ? "" : " value=" + Script.escaped(value));
  }

  private static Arbitrary<Step> storage() {
    return Arbitraries.oneOf(
        storage(Steps.textKeys(), Steps.values()),
        storage(Steps.textKeys(), Steps.values()),
        storage(Steps.numberKeys(), Steps.numbers()));
  }

  private static Arbitrary<Step> storage(Arbitrary<String> keys, Arbitrary<String> values) {
    return Combinators.combine(
            opcodes("set", "set", "add", "replace"),
            keys,
            value(values),
            Steps.flags(),
            exptimes(),
            cas())
        .as(
            (opcode, key, value, flags, exptime, cas) ->
                step(opcode + " " + key + value + " flags=" + flags + exptime + cas));
  }

  private static Arbitrary<String> exptimes() {
    return Arbitraries.of("0", "0", "0", "30", "2592000", "2592001", "0xffffffff")
        .map(" exptime="::concat);
  }

  private static Arbitrary<Step> reading() {
    Arbitrary<Step> gets =
        Combinators.combine(opcodes("get", "getk"), Steps.keys())
            .as((opcode, key) -> Step.of(opcode + " " + key));
    Arbitrary<Step> touches =
        Combinators.combine(
                Arbitraries.of("touch", "gat", "gatq", "gatk", "gatkq"), Steps.keys(), exptimes())
            .as((opcode, key, exptime) -> Step.of(opcode + " " + key + exptime));
    return Arbitraries.frequencyOf(Tuple.of(3, gets), Tuple.of(1, touches));
  }

  private static Arbitrary<Step> joining() {
    return Combinators.combine(
            opcodes("append", "prepend"), Steps.textKeys(), value(Steps.values()), cas())
        .as((opcode, key, value, cas) -> step(opcode + " " + key + value + cas));
  }

  /** Alone: whether memcached counts in place depends on whether it is still sending the item. */
  private static Arbitrary<Step> arithmetic() {
    return Combinators.combine(
            opcodes("increment", "decrement"),
            Steps.numberKeys(),
            Steps.deltas(),
            Arbitraries.of("", " initial=13", " initial=18446744073709551615"),
            Arbitraries.of("", " exptime=0", " exptime=30"),
            cas())
        .as(
            (opcode, key, delta, initial, exptime, cas) ->
                Step.alone(opcode + " " + key + " delta=" + delta + initial + exptime + cas));
  }

  private static Arbitrary<Step> deleting() {
    return Combinators.combine(opcodes("delete"), Steps.keys(), cas())
        .as((opcode, key, cas) -> step(opcode + " " + key + cas));
  }

  private static Arbitrary<Step> others() {
    return Arbitraries.of(
            "noop",
            "version",
            "flush",
            "flushq",
            "flush exptime=0",
            "sasl_list",
            "0x40",
            "0xff",
            "quit",
            "quitq")
        .map(Step::of);
  }

  /** Packets whose lengths cannot be, or are not those of their opcode: most end a connection. */
  private static Arbitrary<Step> bad() {
    return Arbitraries.of(
            "get",
            "get {a} value=v",
            "get {a} extras=1234",
            "get {a} keylength=20",
            "get {longer a}",
            "get {a} bodylength=3",
            "set {a} extras=1234",
            "set {a} keylength=20",
            "set {a} bodylength=0",
            "set extras=12345678",
            "add {longer a} value=v",
            "append {a} extras=1234",
            "append {a} keylength=20",
            "append {a} bodylength=1",
            "prepend value=v",
            "delete",
            "delete {a} value=v",
            "increment {n} extras=1234",
            "increment {n} value=v",
            "touch {a} extras=",
            "noop {a}",
            "noop value=v",
            "version {a}",
            "flush {a}",
            "flush extras=12",
            "quit {a}",
            "set {a} magic=0x81",
            "set {a} magic=0x00",
            "raw version\\x0d\\x0a",
            "get {a} extraslength=21")
        .map(Step::alone);
  }
}
