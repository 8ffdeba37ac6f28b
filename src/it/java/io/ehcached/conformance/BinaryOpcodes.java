package io.ehcached.conformance;

import java.util.List;

/** The names of the binary protocol's opcodes in transcripts: lower case, or {@code 0x30}. */
final class BinaryOpcodes {
  /** Those from 0 on, without a gap. */
  private static final List<String> NAMES =
      List.of(
          ("get set add replace delete increment decrement quit flush getq noop version getk getkq"
                  + " append prepend stat setq addq replaceq deleteq incrementq decrementq quitq"
                  + " flushq appendq prependq verbosity touch gat gatq 0x1f sasl_list sasl_auth"
                  + " sasl_step gatk gatkq")
              .split(" "));

  private BinaryOpcodes() {}

  static int code(String name) {
    int code = NAMES.indexOf(name);
    return code >= 0 ? code : Integer.decode(name);
  }

  static String name(int code) {
    return code < NAMES.size() ? NAMES.get(code) : String.format("0x%02x", code);
  }
}
