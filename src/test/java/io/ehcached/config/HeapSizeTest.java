package io.ehcached.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapSizeTest {
  private static final long MB = 1024 * 1024;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void file() {
    file = directory.resolve("ehcache.xml");
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "4k, 4096",
    "4K, 4096",
    "3m, 3145728",
    "2G, 2147483648",
    "1t, 1099511627776"
  })
  void of_theOnlyRegion_readsItsBound(String written, long bytes) throws IOException {
    given("<cache name='a' maxBytesLocalHeap='" + written + "'/>");

    assertThat(size(null)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"50%", "${heap}", "much", "0", "-1", ""})
  void of_aBoundThatIsNoNumberOfBytes_isOpen(String written) throws IOException {
    given("<cache name='a' maxBytesLocalHeap='" + written + "'/>");

    assertThat(size(null)).isEmpty();
  }

  @Test
  void of_aRegionBoundedByCount_isOpen() throws IOException {
    given("<!-- maxBytesLocalHeap='1m' --><cache name='a' maxEntriesLocalHeap='10'/>");

    assertThat(size(null)).isEmpty();
  }

  @Test
  void of_severalRegions_isTheirSum() throws IOException {
    given(
        "<cache name='memcached' maxBytesLocalHeap='3m'/><cache name='b' maxBytesLocalHeap='4m'/>"
            + "<cache name='c'/>");

    assertThat(size(null)).hasValue(7 * MB);
    assertThat(size("b")).hasValue(7 * MB);
    assertThat(size("c")).isEmpty();
  }

  @Test
  void of_aRegionNotInTheFile_isTheDefaultsBound() throws IOException {
    given("<defaultCache maxBytesLocalHeap='5m'/>");

    assertThat(size("a")).hasValue(5 * MB);
  }

  @Test
  void of_aPoolForAll_isThePools() throws IOException {
    Files.writeString(
        file,
        "<ehcache maxBytesLocalHeap='9m'><cache name='a' maxBytesLocalHeap='50%'/></ehcache>");

    assertThat(size(null)).hasValue(9 * MB);
  }

  @Test
  void of_aLimitGiven_replacesTheServedRegionsBound() throws IOException {
    given("<cache name='a' maxBytesLocalHeap='3m'/><cache name='b' maxBytesLocalHeap='4m'/>");

    assertThat(HeapSize.of(file, Optional.of("a"), OptionalLong.of(10 * MB))).hasValue(14 * MB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<ehcache>", "no xml"})
  void of_aFileThatCannotBeRead_isTheLimitAlone(String content) throws IOException {
    Files.writeString(file, content);

    assertThat(size(null)).isEmpty();
    assertThat(HeapSize.of(file, Optional.empty(), OptionalLong.of(MB))).hasValue(MB);
    assertThat(HeapSize.of(directory.resolve("none"), Optional.empty(), OptionalLong.empty()))
        .isEmpty();
  }

  @Test
  void of_aFileThatNamesADocumentType_readsNothingElse() throws IOException {
    Files.writeString(
        file,
        "<!DOCTYPE ehcache SYSTEM 'file:///no/such/place.dtd'>"
            + "<ehcache><cache name='a' maxBytesLocalHeap='3m'/></ehcache>");

    assertThat(size(null)).hasValue(3 * MB);
  }

  private void given(String inside) throws IOException {
    Files.writeString(file, "<ehcache name='x'>" + inside + "</ehcache>");
  }

  private OptionalLong size(String region) {
    return HeapSize.of(file, Optional.ofNullable(region), OptionalLong.empty());
  }
}
