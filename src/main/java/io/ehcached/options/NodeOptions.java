package io.ehcached.options;

import static io.ehcached.options.CommandLineOption.ADVERTISE;
import static io.ehcached.options.CommandLineOption.CONFIG;
import static io.ehcached.options.CommandLineOption.DRAIN_SECONDS;
import static io.ehcached.options.CommandLineOption.EXPECT_PEERS;
import static io.ehcached.options.CommandLineOption.LEAVE_DELAY;
import static io.ehcached.options.CommandLineOption.NAME;
import static io.ehcached.options.CommandLineOption.PEER_SECRET;
import static io.ehcached.options.CommandLineOption.REGION;
import static io.ehcached.options.CommandLineOption.REQUIRE_PEER_AUTH;
import static io.ehcached.options.CommandLineOption.REQUIRE_PRIVATE_FILES;

import io.ehcached.options.ServerOptions.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The reader of the options of replication and the configuration file. */
final class NodeOptions {
  private static final int DRAIN_DEFAULT = 10;
  private static final int ABSENT = -1;

  private final Given given;

  NodeOptions(Given given) {
    this.given = given;
  }

  Node read() {
    Optional<Path> file = given.path(CONFIG);
    Optional<String> region = Optional.ofNullable(given.last(REGION, null));
    if (region.isPresent() && region.get().isBlank()) {
      given.fault("--region needs the name of a region in ehcache.xml");
      region = Optional.empty();
    }
    Path standard = configFolder().resolve("ehcache.xml");
    return new Node(
        file.orElse(standard),
        file.isPresent(),
        region,
        name(),
        given.path(PEER_SECRET),
        expectedPeers(),
        given.has(REQUIRE_PEER_AUTH),
        given.has(REQUIRE_PRIVATE_FILES),
        given.integer(
            DRAIN_SECONDS,
            "seconds to hand over",
            DRAIN_DEFAULT,
            0,
            Integer.MAX_VALUE / 1000,
            "30"),
        given.integer(LEAVE_DELAY, "seconds to serve on", 0, 0, Integer.MAX_VALUE / 1000, "5"),
        advertised());
  }

  /** Returns the installation's folder; if it is a link, its target. */
  private static Path configFolder() {
    Path folder = Path.of(System.getProperty(OptionsParser.HOME_PROPERTY, "")).resolve("config");
    try {
      return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
    } catch (IOException e) {
      return folder;
    }
  }

  private Optional<String> name() {
    String name = given.last(NAME, null);
    if (name == null || name.matches("[A-Za-z0-9._-]{1,64}")) {
      return Optional.ofNullable(name);
    }
    given.fault(
        "--name cannot be '"
            + name
            + "'; write up to 64 letters, digits, dots, hyphens and underscores");
    return Optional.empty();
  }

  private OptionalInt expectedPeers() {
    int number = given.integer(EXPECT_PEERS, "other nodes", ABSENT, 0, Node.MAX_PEERS, "2");
    return number == ABSENT ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private Optional<ListenAddress> advertised() {
    String value = given.last(ADVERTISE, null);
    return value == null
        ? Optional.empty()
        : given.or(Optional.empty(), () -> Optional.of(ListenAddress.parseAdvertised(value)));
  }
}
