package io.ehcached.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.process.Installation.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive of classes that the build makes: it is used, and does no harm where it is no use. */
class ArchiveIT {
  private static final Path ARCHIVE = Installation.REPOSITORY.resolve("target/ehcached.jsa");

  @TempDir Path directory;

  @Test
  void build_leavesAnArchive_thatLauncherAndNodeTakeTheirClassesFrom() throws Exception {
    List<String> loaded = loaded(Installation.real());

    assertThat(loaded)
        .anyMatch(line -> line.contains(" io.ehcached.Main source: shared objects file"))
        .anyMatch(line -> line.contains(" net.sf.ehcache.") && line.contains("shared objects"));
    assertThat(loaded).filteredOn(line -> line.contains("ehcached.jar")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "of another jar", "cut short", "of nobody knows what", "a folder"})
  void archive_thatDoesNotFit_isPassedOver(String kind) throws Exception {
    Installation installation = Installation.bare(directory.resolve("home"));
    Path target = Files.createDirectory(installation.home().resolve("target"));
    Files.copy(Installation.JAR, target.resolve("ehcached.jar"));
    Path archive = target.resolve("ehcached.jsa");
    switch (kind) {
      case "of another jar" -> Files.copy(ARCHIVE, archive);
      case "cut short" -> Files.write(archive, head(1_000_000));
      case "of nobody knows what" -> Files.writeString(archive, "no archive\n".repeat(10_000));
      case "a folder" -> Files.createDirectory(archive);
      default -> assertThat(archive).doesNotExist();
    }

    List<String> loaded = loaded(installation);

    assertThat(loaded)
        .anyMatch(line -> line.contains(" io.ehcached.Main source: file:"))
        // The archive that comes with Java is used all the same.
        .anyMatch(line -> line.contains(" java.lang.String source: shared objects file"));
  }

  private static byte[] head(int bytes) throws IOException {
    try (var in = Files.newInputStream(ARCHIVE)) {
      return in.readNBytes(bytes);
    }
  }

  /**
   * Has the node's JVM check a file, which it does without a word too much; returns its classes.
   */
  private List<String> loaded(Installation installation) throws Exception {
    Path list = directory.resolve("loaded");
    Path file =
        Files.writeString(
            directory.resolve("ehcache.xml"),
            "<ehcache><cache name='a' maxBytesLocalHeap='32m'/></ehcache>");

    Ran ran =
        installation.run(
            Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + list),
            "--check-config",
            "--config",
            file.toString());

    assertThat(ran.status()).isZero();
    assertThat(ran.out()).startsWith("file ").doesNotContain("cds", "[warning]");
    assertThat(ran.err()).isIn("", LauncherIT.ROOT);
    return Files.readAllLines(list);
  }
}
