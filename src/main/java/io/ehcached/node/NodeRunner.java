package io.ehcached.node;

import io.ehcached.address.AddressText;
import io.ehcached.config.Finding;
import io.ehcached.config.NodeConfiguration;
import io.ehcached.config.NodeStartException;
import io.ehcached.node.report.StartSummary;
import io.ehcached.node.settings.PeerReach;
import io.ehcached.node.settings.PrivateFiles;
import io.ehcached.node.settings.StartCheck;
import io.ehcached.options.ExitStatus;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import io.ehcached.options.Version;
import io.ehcached.process.OpenFiles;
import io.ehcached.process.PidFile;
import io.ehcached.process.PortFile;
import io.ehcached.process.Readiness;
import io.ehcached.process.Signals;
import io.ehcached.replication.link.SerialFilters;
import io.ehcached.server.ListenException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a node as this process: with its log, its signals, its pid and port files, and its end. */
public final class NodeRunner {
  /** Under this name operators and their tools know the lines of a start and a stop. */
  private static final Logger LOG = LoggerFactory.getLogger("io.ehcached.Main");

  private final ServerOptions options;
  private final Supplier<NodeConfiguration> reader;
  private final AtomicReference<Node> running = new AtomicReference<>();

  /**
   * Makes a runner, for one node.
   *
   * @param reader reads {@code ehcache.xml}
   */
  public NodeRunner(ServerOptions options, Supplier<NodeConfiguration> reader) {
    this.options = options;
    this.reader = reader;
  }

  /**
   * Starts the node, which goes on when this has returned.
   *
   * @return {@link ExitStatus#OK} if the node started
   * @throws UsageException when an option cannot be met
   */
  public ExitStatus run() throws UsageException {
    takeSignals();
    SerialFilters.installForProcess(options.memory().maxItemSize());
    Readiness.starting(options.running());
    options.warnings().forEach(LOG::warn);
    OpenFiles.check(options.connections().max()).ifPresent(LOG::warn);
    NodeConfiguration configuration = reader.get();
    configuration.findings().forEach(NodeRunner::log);
    if (!configuration.isUsable()) {
      return ExitStatus.WRONG_FILE;
    }
    PeerReach.warning(options, configuration).ifPresent(LOG::warn);
    StartCheck.checkItemSize(options, configuration.bound());
    checkPrivateFiles(configuration);
    if (options.running().pidFile().isPresent()) { // before the region is copied, not after
      PidFile.check(options.running().pidFile().get());
    }
    if (options.network().portFile().isPresent()) {
      PortFile.check(options.network().portFile().get());
    }
    try {
      Node node = new NodeBuilder(options, configuration, reader).start();
      Optional<PidFile> pidFile = announce(node, configuration);
      running.set(node);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(node, pidFile), "ehcached-shutdown"));
      return ExitStatus.OK;
    } catch (NodeStartException e) {
      explain(e, configuration);
      return switch (e.reason()) {
        case FILE -> ExitStatus.WRONG_FILE;
        case PERMISSION -> ExitStatus.NO_PERMISSION;
        case OTHER -> ExitStatus.FAILED;
      };
    } catch (ListenException e) {
      LOG.error(e.getMessage());
      return e.isPermission() ? ExitStatus.NO_PERMISSION : ExitStatus.FAILED;
    } catch (IOException e) {
      LOG.error(e.getMessage());
      return ExitStatus.FAILED;
    }
  }

  /** Handles memcached's signals, also during the start, when they would end the process. */
  private void takeSignals() {
    Signals.on("HUP", () -> Optional.ofNullable(running.get()).ifPresent(Node::reload));
    Signals.on("USR1", () -> Optional.ofNullable(running.get()).ifPresent(Node::leave));
  }

  private static void log(Finding finding) {
    switch (finding.severity()) {
      case ERROR -> LOG.error("{}", finding);
      case WARNING -> LOG.warn("{}", finding);
      case NOTE -> LOG.info("{}", finding);
    }
  }

  /** Says which factory of the file failed, in the words of the check; else what failed. */
  private static void explain(NodeStartException e, NodeConfiguration configuration) {
    List<Finding> failed =
        e.reason() == NodeStartException.Reason.FILE ? configuration.tryFactories() : List.of();
    failed.forEach(NodeRunner::log);
    if (failed.isEmpty()) {
      LOG.error(e.getMessage());
    }
  }

  private void checkPrivateFiles(NodeConfiguration configuration) throws UsageException {
    List<String> faults = PrivateFiles.faults(options, configuration.peers());
    if (options.node().requirePrivateFiles() && !faults.isEmpty()) {
      throw UsageException.badValue(String.join("\n", faults));
    }
    faults.forEach(LOG::warn);
  }

  /** Tells the log and the waiting launcher that the node serves, and writes the files for it. */
  private Optional<PidFile> announce(Node node, NodeConfiguration configuration)
      throws UsageException {
    try {
      Optional<PidFile> pidFile = writePidFile(options.running().pidFile());
      if (options.network().portFile().isPresent()) {
        PortFile.write(
            options.network().portFile().get(),
            node.addresses(),
            node.udpAddresses(),
            node.adminAddress());
      }
      String listening = listening(node);
      StartSummary.of(
              options,
              configuration,
              node.status().name(),
              listening,
              node.front(),
              node.adminAddress(),
              node.status().replication())
          .forEach(LOG::info);
      LOG.info("{} listens on {}", Version.line(), listening);
      Readiness.started();
      return pidFile;
    } catch (UsageException e) {
      node.close();
      throw e;
    }
  }

  private static Optional<PidFile> writePidFile(Optional<Path> file) throws UsageException {
    return file.isPresent() ? Optional.of(PidFile.write(file.get())) : Optional.empty();
  }

  private String listening(Node node) {
    return options
        .network()
        .unixSocket()
        .map(Object::toString)
        .orElseGet(
            () ->
                Stream.concat(
                        node.addresses().stream().map(NodeRunner::shown),
                        node.udpAddresses().stream().map(address -> shown(address) + " (UDP)"))
                    .collect(Collectors.joining(", ")));
  }

  private static String shown(InetSocketAddress address) {
    return AddressText.of(address);
  }

  /** Stops the node, then the process, with status 0 as memcached after SIGTERM and SIGINT. */
  private static void stop(Node node, Optional<PidFile> pidFile) {
    LOG.info("stopping");
    node.close();
    pidFile.ifPresent(PidFile::close);
    LOG.info("stopped");
    Runtime.getRuntime().halt(0);
  }
}
