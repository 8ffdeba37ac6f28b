package io.ehcached.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws InterruptedException {
    return Compare.run(arguments, new PrintStream(out, true), new PrintStream(err, true));
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|at least two nodes",
        "a:1|at least two nodes",
        "a:1 b|b is not a node's address; write HOST:PORT",
        "a:1 :2|:2 is not a node's address",
        "a:1 b:x|b:x is not a node's address",
        "a:1 b:2 --key 3|no option --key",
        "a:1 b:2 --keys|--keys needs a number, not nothing",
        "a:1 b:2 --keys many|--keys needs a number, not many",
        "a:1 b:2 --wait -1|--wait needs a number, not -1",
        "a:1 b:2 --login|--login needs a file",
        "a:1 b:2 --login /none/such|/none/such cannot be read",
      })
  void mistake_isOneLine(String arguments, String message) throws InterruptedException {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
        .isEqualTo(Compare.USAGE);
    assertThat(told()).startsWith("ehcached compare: ").contains(message).hasLineCount(1);
  }

  @Test
  void loginWithoutPassword_isAMistake(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("login"), "user\n");
    assertThat(run("a:1", "b:2", "--login", file.toString())).isEqualTo(Compare.USAGE);
    assertThat(told()).contains(file + " has no first line user:password").hasLineCount(1);
  }

  @Test
  void help_isTheText() throws InterruptedException {
    assertThat(run("-h")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(Compare.TEXT + "\n");
  }

  @Test
  void nobodyThere_isOneLineThatNamesTheNode() throws Exception {
    String address;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + socket.getLocalPort();
    }
    assertThat(run(address, address)).isEqualTo(Compare.FAILED);
    assertThat(told()).contains(address + ": Connection refused").hasLineCount(1);
  }

  @Test
  void unknownHost_isOneLineThatNamesIt() throws InterruptedException {
    assertThat(run("no-such-host.invalid:1", "b:2")).isEqualTo(Compare.FAILED);
    assertThat(told()).contains("no-such-host.invalid:1: ").hasLineCount(1);
  }
}
