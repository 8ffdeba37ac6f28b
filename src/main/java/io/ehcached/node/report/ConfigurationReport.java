package io.ehcached.node.report;

import io.ehcached.config.Finding;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.node.settings.PeerReach;
import io.ehcached.node.settings.StartCheck;
import io.ehcached.options.ExitStatus;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * The report of {@code --check-config}: all that is wrong with the command line, the files that it
 * names, and {@code ehcache.xml}, or else what is in effect.
 */
public final class ConfigurationReport {
  private ConfigurationReport() {}

  /**
   * Checks everything and prints the report.
   *
   * @param mistakes what is already known to be wrong with the command line
   * @return the exit status
   */
  public static ExitStatus print(
      ServerOptions options,
      List<String> mistakes,
      NodeConfiguration configuration,
      PrintStream out,
      PrintStream err) {
    StartCheck check = new StartCheck(options, mistakes);
    check.run(configuration);
    check.warnings().forEach(warning -> out.println("warning: " + warning));
    PeerReach.warning(options, configuration).ifPresent(it -> out.println("warning: " + it));
    List<Finding> failed = configuration.tryFactories();
    Stream.concat(configuration.findings().stream(), failed.stream()).forEach(out::println);
    boolean usable = configuration.isUsable() && failed.isEmpty();
    if (!check.mistakes().isEmpty()) {
      err.println(UsageException.text(check.mistakes()));
    } else if (usable) {
      out.println(configuration.describe());
    }
    check.tls().warn();
    check.tls().description().ifPresent(out::println);
    check.tls().close();
    if (!check.mistakes().isEmpty()) {
      return check.lacksPermissionOnly() ? ExitStatus.NO_PERMISSION : ExitStatus.USAGE;
    }
    return usable ? ExitStatus.OK : ExitStatus.WRONG_FILE;
  }
}
