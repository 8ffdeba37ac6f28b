package io.ehcached.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ehcached.process.Installation.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/ehcached} and what it agrees with the node, for which {@link StubNode} stands in. */
class LauncherIT {
  static final String ROOT = "ehcached: running as root; -u USER runs it as another user\n";

  @TempDir Path directory;

  private final List<ProcessHandle> started = new ArrayList<>();
  private Installation stub;
  private Path pid;

  @BeforeEach
  void install() throws IOException {
    stub = Installation.withStub(directory.resolve("home"));
    // A place where any user may write.
    Path open = Files.createDirectory(stub.home().resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    pid = open.resolve("pid");
  }

  @AfterEach
  void stop() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void foreground_isTheJvmItself() throws Exception {
    Process process = stub.start(Map.of(), "-P", pid.toString());
    started.add(process.toHandle());
    await().until(() -> err().contains("listening"));

    assertThat(pid).hasContent(process.pid() + "\n");
    assertThat(process.info().command()).hasValueSatisfying(c -> assertThat(c).endsWith("java"));

    process.destroy();
    assertThat(process.waitFor(30, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(pid).doesNotExist();
  }

  @Test
  void foreground_thatFails_passesMessageAndStatusOn() throws Exception {
    Ran ran = stub.run(Map.of("STUB_EXIT", "71"));

    assertThat(ran.status()).isEqualTo(71);
    assertThat(ran.err()).contains("ehcached: the port is taken\n");
  }

  @Test
  void foreground_withLogFile_logsThere() throws Exception {
    Path log = stub.home().resolve("log");

    Ran ran = stub.run(Map.of("STUB_EXIT", "0"), "--log-file", log.toString());

    assertThat(Files.readString(log)).contains("INFO  process.StubNode: heap");
    assertThat(ran.err()).doesNotContain("INFO");
  }

  @Test
  void arguments_reachTheNodeAsTheyAre() throws Exception {
    Ran ran =
        stub.run(
            Map.of("STUB_EXIT", "0"),
            "--region",
            "it's \"$HOME\" `x` \\ *",
            "-s",
            "/tmp/a b",
            "-v");

    assertThat(ran.err()).contains("arguments --region|it's \"$HOME\" `x` \\ *|-s|/tmp/a b|-v\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void daemon_listensWhenTheCommandReturns_andStopsBySignal(String signal) throws Exception {
    Ran ran = stub.run("-d", "-P", pid.toString());

    // That this returned shows that the daemon does not hold the output open.
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isIn("", ROOT);
    ProcessHandle daemon = daemon();
    assertThat(daemon.isAlive()).isTrue();

    Installation.ended(List.of("kill", "-" + signal, Long.toString(daemon.pid())), Map.of());
    daemon.onExit().get(30, SECONDS);
    assertThat(pid).doesNotExist();
  }

  @Test
  void daemon_isToldBySighup() throws Exception {
    Path log = stub.home().resolve("open/log");
    stub.run("-d", "-P", pid.toString(), "--log-file", log.toString());

    Installation.ended(List.of("kill", "-HUP", Long.toString(daemon().pid())), Map.of());

    await().until(() -> Files.readString(log).contains("told to read again"));
  }

  @Test
  void daemon_thatFails_passesMessageAndStatusOn() throws Exception {
    Ran ran = stub.run(Map.of("STUB_EXIT", "71"), "-d");

    assertThat(ran.status()).isEqualTo(71);
    assertThat(ran.err()).contains("ehcached: the port is taken\n");
  }

  @Test
  void daemon_thatEndsBeforeItListens_isAFailure() throws Exception {
    assertThat(stub.run(Map.of("STUB_EXIT", "0"), "-d").status()).isEqualTo(1);
  }

  @Test
  void daemon_leavesNoTemporaryFiles() throws Exception {
    Path temporary = Files.createDirectory(stub.home().resolve("tmp"));
    Map<String, String> environment = Map.of("TMPDIR", temporary.toString());

    stub.run(environment, "-d", "-P", pid.toString());
    daemon();
    stub.run(Map.of("TMPDIR", temporary.toString(), "STUB_EXIT", "1"), "-d");

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void daemon_withLogFile_appendsAllToIt() throws Exception {
    Path log = stub.home().resolve("log");
    Files.writeString(log, "before\n");

    assertThat(stub.run("-d", "-P", pid.toString(), "--log-file", log.toString()).status())
        .isZero();
    daemon();

    await().until(() -> Files.readString(log).contains("after the start"));
    assertThat(Files.readString(log))
        .startsWith("before\n")
        .contains("INFO  process.StubNode: listening");
  }

  @Test
  void daemon_withLogFile_thatFails_showsOnlyItsOwnLines() throws Exception {
    Path log = stub.home().resolve("log");
    Files.writeString(log, "before\n");

    Ran ran = stub.run(Map.of("STUB_EXIT", "71"), "-d", "--log-file", log.toString());

    assertThat(ran.status()).isEqualTo(71);
    assertThat(ran.err()).contains("ehcached: the port is taken\n").doesNotContain("before");
  }

  @Test
  void daemon_withLogFileNowhere_isRefused() throws Exception {
    Ran ran = stub.run("-d", "--log-file", "/no/such/log");

    assertThat(ran.status()).isEqualTo(73);
    assertThat(ran.err()).contains("--log-file /no/such/log cannot be written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-d -u nobody", "-u nobody"})
  void user_isWhoTheNodeRunsAs(String line) throws Exception {
    assumeRoot();
    Path log = pid.resolveSibling("log");
    List<String> args = new ArrayList<>(List.of(line.split(" ", -1)));
    args.addAll(List.of("-P", pid.toString(), "--log-file", log.toString()));

    Process process = stub.start(Map.of(), args.toArray(String[]::new));
    started.add(process.toHandle());
    await().until(() -> Files.exists(pid) && Files.readString(log).contains("listening"));

    assertThat(Files.readString(log)).contains("user nobody\n");
    assertThat(daemon().info().user()).contains("nobody");
    assertThat(err()).isEmpty();
  }

  @Test
  void daemonsLog_isOpenedByTheUserThatItRunsAs() throws Exception {
    assumeRoot();
    Path log = pid.resolveSibling("log");

    stub.run("-d", "-u", "nobody", "-P", pid.toString(), "--log-file", log.toString());
    daemon();
    assertThat(Files.getOwner(log).getName()).isEqualTo("nobody");

    Path ofRoot = stub.home().resolve("log");
    Ran ran = stub.run("-d", "-u", "nobody", "--log-file", ofRoot.toString());
    assertThat(ran.status()).isEqualTo(73);
    assertThat(ran.err())
        .isEqualTo(
            "ehcached: --log-file "
                + ofRoot
                + " cannot be written by nobody, who the node runs as; write another\n");
    assertThat(ofRoot).doesNotExist();
  }

  @Test
  void daemonsLog_thatIsALink_isRefused() throws Exception {
    Path other = Files.writeString(stub.home().resolve("other"), "of another");
    Path log = Files.createSymbolicLink(stub.home().resolve("log"), other);

    Ran ran = stub.run("-d", "--log-file", log.toString());

    assertThat(ran.status()).isEqualTo(73);
    assertThat(ran.err())
        .contains("--log-file " + log + " is a symbolic link, which is not followed");
    assertThat(other).hasContent("of another");
  }

  @Test
  @Timeout(60)
  void daemonsLog_thatIsANamedPipe_isRefused() throws Exception {
    Path log = stub.home().resolve("log");
    assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor()).isZero();

    Ran ran = stub.run("-d", "--log-file", log.toString());

    assertThat(ran.status()).isEqualTo(73);
    assertThat(ran.err())
        .contains(
            "--log-file " + log + " is a named pipe, which can block the node; write another");
  }

  @Test
  void user_unknown_isRefused() throws Exception {
    Ran ran = stub.run("-u", "no_such_user");

    assertThat(ran.status()).isEqualTo(67);
    assertThat(ran.err()).isEqualTo("ehcached: -u no_such_user: there is no such user\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "nobody", "no_such_user", "11211"})
  void user_hasNoEffect_forThoseWhoAreNotRoot(String user) throws Exception {
    assumeRoot();
    List<String> command =
        List.of(
            "setpriv", "--reuid=nobody", "--clear-groups", stub.script().toString(), "-u", user);

    Ran ran = Installation.ended(command, Map.of("STUB_EXIT", "5"));

    assertThat(ran.err()).contains("user nobody\n");
    assertThat(ran.status()).isEqualTo(5);
  }

  @Test
  void heap_followsTheRegionAndTheHand() throws Exception {
    Map<String, String> environment = Map.of("STUB_EXIT", "0");

    assertThat(heap(stub.run(environment, "-m", "512"))).isBetween(512 * 7 / 5, 512 * 5 / 2);
    assertThat(heap(stub.run(environment, "-m", "64", "--heap", "200m"))).isBetween(150, 200);
    assertThat(heap(stub.run(Map.of("STUB_EXIT", "0", "JAVA_OPTS", "-Xmx120m"), "-m", "512")))
        .isBetween(80, 120);
    assertThat(stub.run(environment, "-m", "512", "--heap", "200m").status()).isEqualTo(64);
  }

  @Test
  void laterJava_startsWithoutWarnings() throws Exception {
    Optional<Path> later = laterJava();
    assumeTrue(later.isPresent(), "no JDK 24 or later in /usr/lib/jvm: its warnings are not tried");

    Ran ran = stub.run(Map.of("JAVA_HOME", later.get().toString(), "STUB_EXIT", "0"));

    assertThat(ran.status()).isZero();
    assertThat(ran.err()).contains("INFO  process.StubNode: epoll ").doesNotContain("WARNING");
  }

  private static Optional<Path> laterJava() throws IOException {
    Path all = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (var found = Files.list(all)) {
      return found.filter(LauncherIT::isLater).findFirst();
    }
  }

  private static boolean isLater(Path home) {
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.readString(home.resolve("release"))
              .lines()
              .anyMatch(line -> line.matches("JAVA_VERSION=\"(2[4-9]|[3-9]\\d).*"));
    } catch (IOException e) {
      return false; // no "release" there: not one to try
    }
  }

  private static int heap(Ran ran) {
    return Integer.parseInt(ran.err().replaceAll("(?s).*heap (\\d+) MB.*", "$1"));
  }

  private static void assumeRoot() {
    assumeTrue(
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "not root, or no setpriv: running as another user is not tried");
  }

  /** Returns the daemon that the pid file names, to be ended after the test. */
  private ProcessHandle daemon() throws IOException {
    ProcessHandle daemon =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    started.add(daemon);
    return daemon;
  }

  private String err() throws IOException {
    return Files.readString(stub.home().resolve("err"));
  }
}
