package io.ehcached.process;

import io.ehcached.options.ExitStatus;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.Usage;
import io.ehcached.options.UsageException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The program that {@code bin/ehcached} runs before the node: it reads the command line, and prints
 * assignments for the shell to evaluate. So there is one parser of the command line, mistakes are
 * reported before anything is started, and the node's JVM gets the heap that its region needs.
 */
final class Launch {
  /** The exit status when the command line only asked for a text, and no node is to be started. */
  private static final int TOLD = 100;

  /** The system property with the class archive of this JVM; {@code bin/ehcached} sets it. */
  private static final String ARCHIVE_PROPERTY = "ehcached.archive";

  private Launch() {}

  public static void main(String[] args) {
    try {
      ServerOptions options = OptionsParser.parse(System.getenv(), args);
      Optional<String> text = Usage.asked(options.action());
      System.out.println(
          text.isPresent()
              ? text.get()
              : plan(options, System.getenv(), archive(), Runtime.version().feature()));
      System.exit(text.isPresent() ? TOLD : 0);
    } catch (UsageException e) {
      System.exit(refuse(e));
    }
  }

  /**
   * Prints what is wrong with the command line. With {@code --check-config} the node's JVM prints
   * it, together with the mistakes in the configuration.
   */
  private static int refuse(UsageException e) {
    ServerOptions options = e.options().orElse(null);
    if (options != null && options.action() == ServerOptions.Action.CHECK_CONFIG) {
      try {
        System.out.println(plan(options, System.getenv(), archive(), Runtime.version().feature()));
        return 0;
      } catch (UsageException f) {
        System.out.println(f.text());
      }
    }
    System.out.println(e.text());
    return ExitStatus.USAGE.code();
  }

  /** Returns the assignments, one a line. */
  static String plan(
      ServerOptions options, Map<String, String> environment, String archive, int feature)
      throws UsageException {
    List<String> arguments = JvmArguments.of(options, environment, archive, feature, memory());
    boolean serves = options.action() == ServerOptions.Action.RUN;
    return String.join(
        "\n",
        "serves=" + serves,
        "daemon=" + (options.running().daemon() && serves),
        "user=" + quoted(options.running().user().orElse("")),
        "log_file=" + quoted(options.running().logFile().map(Path::toString).orElse("")),
        "jvm=" + quoted(arguments.stream().map(Launch::quoted).collect(Collectors.joining(" "))));
  }

  /**
   * Returns the class archive; empty if there is none, or if this JVM did not use it, because it is
   * of another Java or another jar: then the node uses the archive of its Java.
   */
  private static String archive() {
    boolean sharing = System.getProperty("java.vm.info", "").contains("sharing");
    return sharing ? System.getProperty(ARCHIVE_PROPERTY, "") : "";
  }

  /** Returns the memory of this machine or container, in bytes. */
  static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : Long.MAX_VALUE;
  }

  /** Returns the text quoted for the shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
