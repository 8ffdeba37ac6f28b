package io.ehcached.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.options.OptionsParser;
import io.ehcached.options.ServerOptions;
import io.ehcached.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmArgumentsTest {
  @TempDir Path directory;

  @Test
  void heap_followsTheRegion() throws Exception {
    assertThat(megabytes(of("64m", 17), "-Xmx")).isBetween(64 * 7 / 5 + 64, 64 * 7 / 5 + 256);
    assertThat(megabytes(of("4096m", 17), "-Xmx")).isBetween(4096 * 7 / 5, 4096 * 7 / 5 + 1024);
    assertThat(megabytes(of("64m", 17, "-m", "1024"), "-Xmx")).isGreaterThan(1024 * 7 / 5);
  }

  @Test
  void heap_isThereFromTheStart() throws Exception {
    List<String> arguments = of("64m", 17);

    assertThat(megabytes(arguments, "-Xms")).isEqualTo(megabytes(arguments, "-Xmx"));
  }

  @Test
  void youngGeneration_staysSmall() throws Exception {
    assertThat(megabytes(of("4096m", 17), "-XX:MaxNewSize=")).isLessThan(128);
    assertThat(megabytes(of("50%", 17, "--heap", "4g"), "-XX:MaxNewSize=")).isLessThan(128);
  }

  @Test
  void youngGeneration_holdsManyOfTheLargestItems() throws Exception {
    assertThat(megabytes(of("4096m", 17), "-XX:NewSize=")).isEqualTo(24);
    assertThat(megabytes(of("4096m", 17, "-I", "2m"), "-XX:NewSize=")).isEqualTo(64);
    assertThat(megabytes(of("4096m", 17, "-I", "512m"), "-XX:NewSize=")).isEqualTo(96);
  }

  @Test
  void whatOutlivesACollection_movesOnce() throws Exception {
    assertThat(of("64m", 17)).contains("-XX:+UseParallelGC", "-XX:MaxTenuringThreshold=0");
  }

  @Test
  void heap_leavesRoomForTheLargestItems() throws Exception {
    int before = megabytes(of("512m", 17), "-Xmx");

    assertThat(megabytes(of("512m", 17, "-I", "200m"), "-Xmx"))
        .isGreaterThanOrEqualTo(before + 4 * 199);
  }

  @Test
  void heap_ofARegionWithoutBytes_isTheJvmsOwn() throws Exception {
    assertThat(of("50%", 17)).noneMatch(argument -> argument.startsWith("-Xm"));
  }

  @Test
  void heap_givenByHand_isTaken() throws Exception {
    assertThat(of("64m", 17, "--heap", "300m")).contains("-Xmx300m", "-Xms300m");
    assertThat(of("50%", 17, "--heap", "100m")).contains("-Xmx100m", "-Xms100m");
  }

  @Test
  void heap_tooLittleForTheRegion_isRefused() throws Exception {
    assertThat(of("64m", 17, "--heap", "138m")).contains("-Xmx138m");
    assertThatThrownBy(() -> of("64m", 17, "--heap", "136m"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a region of 64 MB; write --heap 138m or more");
    assertThat(of("1024m", 17, "--heap", "1256m")).contains("-Xmx1256m");
    assertThatThrownBy(() -> of("1024m", 17, "--heap", "1254m"))
        .hasMessageContaining("a region of 1024 MB; write --heap 1256m or more");
  }

  @Test
  void heap_ofMoreThanTheMachineHas_isRefused_butForACheck() throws Exception {
    long machine = 8L << 30;
    assertThatThrownBy(
            () -> JvmArguments.of(options("64m", "-m", "900000"), Map.of(), "", 17, machine))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a region of 900000 MB needs a heap of ")
        .hasMessageContaining("this machine has 8192 MB; write a smaller bound");
    assertThat(JvmArguments.of(options("900g", "--check-config"), Map.of(), "", 17, machine))
        .noneMatch(argument -> argument.startsWith("-Xm"));
  }

  @Test
  void heap_holdsTheRegionBesideTheYoungGeneration() throws Exception {
    for (int bound : new int[] {1, 64, 1024, 65_536}) {
      List<String> arguments = of(bound + "m", 17);

      int old = megabytes(arguments, "-Xmx") - megabytes(arguments, "-XX:MaxNewSize=");
      assertThat(old).as(bound + " MB").isGreaterThanOrEqualTo(bound * 7 / 5 + 64);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 14, 30, 64})
  void heap_ofAnySize_isTakenByTheJvmWithoutAWord(int bound) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(of(bound + "m", Runtime.version().feature()));
    command.add("-version");

    Process java = new ProcessBuilder(command).start(); // which tells its version on the other

    assertThat(java.inputReader().lines()).isEmpty();
    assertThat(java.waitFor()).isZero();
  }

  @Test
  void environment_hasTheLastWord() throws Exception {
    Map<String, String> environment =
        Map.of("JAVA_OPTS", " -Xmx1g  -Da=b ", "EHCACHED_JAVA_OPTS", "-XX:+UseZGC");

    List<String> arguments = JvmArguments.of(options("64m"), environment, "", 17, Long.MAX_VALUE);

    assertThat(arguments)
        .endsWith("-Xmx1g", "-Da=b", "-XX:+UseZGC")
        .doesNotContain("-XX:+UseParallelGC", "-XX:-UseAdaptiveSizePolicy")
        .doesNotContain("-XX:MaxTenuringThreshold=0", "-XX:SurvivorRatio=30")
        .filteredOn(argument -> argument.startsWith("-Xm"))
        .containsExactly("-Xmx1g");
  }

  @Test
  void flagsOfLaterJavas_areGivenToThemAlone() throws Exception {
    assertThat(of("64m", 17)).noneMatch(argument -> argument.startsWith("--"));
    assertThat(of("64m", 25))
        .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
  }

  @Test
  void archive_comesBeforeWhatThePersonSays() throws Exception {
    Map<String, String> environment = Map.of("JAVA_OPTS", "-XX:SharedArchiveFile=theirs");

    assertThat(JvmArguments.of(options("64m"), environment, "/a b.jsa", 17, Long.MAX_VALUE))
        .startsWith("-XX:SharedArchiveFile=/a b.jsa")
        .endsWith("-XX:SharedArchiveFile=theirs");
    assertThat(of("64m", 17)).noneMatch(argument -> argument.contains("SharedArchive"));
  }

  private List<String> of(String bound, int feature, String... args)
      throws UsageException, IOException {
    return JvmArguments.of(options(bound, args), Map.of(), "", feature, Long.MAX_VALUE);
  }

  private ServerOptions options(String bound, String... args) throws UsageException, IOException {
    Path file = directory.resolve("ehcache.xml");
    Files.writeString(
        file, "<ehcache><cache name='a' maxBytesLocalHeap='" + bound + "'/></ehcache>");
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--config", file.toString()));
    return OptionsParser.parse(Map.of(), all.toArray(String[]::new));
  }

  private static int megabytes(List<String> arguments, String flag) {
    String value =
        arguments.stream().filter(argument -> argument.startsWith(flag)).findFirst().orElseThrow();
    assertThat(value).endsWith("m");
    return Integer.parseInt(value.substring(flag.length(), value.length() - 1));
  }
}
