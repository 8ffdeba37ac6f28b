package io.ehcached.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.TextClient;
import java.util.function.IntFunction;

/** Many commands sent before their answers are read. */
final class Pipelined {
  private static final int AT_ONCE = 500;

  private Pipelined() {}

  /** Sends so many commands, each of which gets one of the answers given, in one line. */
  static void send(TextClient client, int count, IntFunction<String> command, String... answers) {
    for (int i = 0; i < count; i += AT_ONCE) {
      StringBuilder text = new StringBuilder();
      int end = Math.min(count, i + AT_ONCE);
      for (int k = i; k < end; k++) {
        text.append(command.apply(k)).append("\r\n");
      }
      client.send(text.toString());
      for (int k = i; k < end; k++) {
        assertThat(client.line()).isIn((Object[]) answers);
      }
    }
  }

  /** Returns the command that stores a value. */
  static String set(String key, String value) {
    return "set " + key + " 0 0 " + value.length() + "\r\n" + value;
  }
}
