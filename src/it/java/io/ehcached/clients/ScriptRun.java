package io.ehcached.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What came of a script.
 *
 * @param passed whether it found everything as it expects it
 * @param skipped what it, or its client, lacks on this machine; or null
 * @param output what it printed
 */
record ScriptRun(boolean passed, String skipped, String output) {
  private static final long PATIENCE_S = 900; // all scripts wait for the slowest
  private static final int SKIPPED = 77;

  /**
   * Runs a script to its end.
   *
   * @param whenAsked does what the script asks for by a line that begins with {@code @}
   * @throws MissingException where its interpreter is not there
   */
  static ScriptRun of(List<String> command, Runnable whenAsked) {
    Process process = start(command);
    CompletableFuture.delayedExecutor(PATIENCE_S, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    StringBuilder output = new StringBuilder(String.join(" ", command)).append('\n');
    String last = "";
    try (BufferedReader reader = process.inputReader();
        Writer writer = process.outputWriter()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        last = line;
        output.append(line).append('\n');
        if (line.startsWith("@")) {
          whenAsked.run();
          writer.write("done\n");
          writer.flush();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(output.toString(), e);
    } finally {
      process.destroy();
    }
    int status = process.onExit().join().exitValue();
    output.append("ended with status ").append(status);
    return new ScriptRun(status == 0, status == SKIPPED ? last : null, output.toString());
  }

  private static Process start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("NODE_PATH", "target/clients/node/node_modules");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new MissingException(command.get(0) + " is not installed: " + e.getMessage());
    }
  }

  /** Fails the test if the script did, with its output, and skips it, saying why, if it was. */
  void assertPassed() {
    if (skipped != null) {
      System.out.println(skipped);
      abort(skipped);
    }
    assertThat(passed).as(output).isTrue();
  }
}
