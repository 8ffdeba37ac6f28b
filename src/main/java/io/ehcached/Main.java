package io.ehcached;

import io.ehcached.config.NodeConfiguration;
import io.ehcached.node.NodeRunner;
import io.ehcached.node.report.ConfigurationReport;
import io.ehcached.options.ExitStatus;
import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.Usage;
import io.ehcached.options.UsageException;
import io.ehcached.options.Version;
import io.ehcached.process.NameCache;
import java.util.List;

/** The program: parses the command line, and does what it asks for, such as to run a node. */
public final class Main {
  private Main() {}

  /** Runs; see {@code ehcached -h}. It ends with an {@link ExitStatus}. */
  public static void main(String[] args) {
    NameCache.shorten();
    ExitStatus status = ExitStatus.OK;
    try {
      ServerOptions options = OptionsParser.parse(System.getenv(), args);
      status =
          switch (options.action()) {
            case HELP -> say(Usage.text());
            case VERSION -> say(Version.line());
            case LICENSE -> say(Usage.license());
            case CHECK_CONFIG -> checkConfig(options, List.of());
            case RUN -> new NodeRunner(options, () -> read(options)).run();
          };
    } catch (UsageException e) {
      status = refuse(e);
    }
    if (status != ExitStatus.OK) {
      System.exit(status.code());
    }
  }

  private static ExitStatus refuse(UsageException e) {
    ServerOptions options = e.options().orElse(null);
    if (options != null && options.action() == ServerOptions.Action.CHECK_CONFIG) {
      return checkConfig(options, e.mistakes());
    }
    System.err.println(e.text());
    return ExitStatus.USAGE;
  }

  private static ExitStatus say(String text) {
    System.out.println(text);
    return ExitStatus.OK;
  }

  private static ExitStatus checkConfig(ServerOptions options, List<String> mistakes) {
    return ConfigurationReport.print(options, mistakes, read(options), System.out, System.err);
  }

  /** Reads {@code ehcache.xml}, as the options say. */
  private static NodeConfiguration read(ServerOptions options) {
    return NodeConfiguration.read(
        options.node().config(),
        options.node().region().orElse(null),
        new NodeConfiguration.Overrides(
            options.memory().limit().orElse(0), options.node().expectedPeers()));
  }
}
