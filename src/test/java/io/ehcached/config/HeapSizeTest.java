package io.ehcached.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
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
  @CsvSource({"4096, 4096", "4k, 4096", "4K, 4096", "3m, 3145728", "2G, 2147483648"})
  void of_theOnlyRegion_readsItsBound(String written, long bytes) throws IOException {
    given("<cache name='a' maxBytesLocalHeap='" + written + "'/>");

    assertThat(size(null)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"50%", "${heap}", "much", "1t", "0", "-1", ""})
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
  void of_severalRegions_isThatOfTheServedOne() throws IOException {
    given(
        "<cache name='memcached' maxBytesLocalHeap='3m'/><cache name='b' maxBytesLocalHeap='4m'/>"
            + "<cache name='c' maxEntriesLocalHeap='9'/>");

    assertThat(size(null)).hasValue(3 * MB);
    assertThat(size("b")).hasValue(4 * MB);
    assertThat(size("c")).isEmpty();
    assertThat(size("d")).isEmpty();
  }

  @Test
  void of_aPoolForAll_isTheRegionsShare() throws IOException {
    given(" maxBytesLocalHeap='8m'", "<cache name='a' maxBytesLocalHeap='50%'/>");
    assertThat(size(null)).hasValue(4 * MB);

    given(" maxBytesLocalHeap='8m'", "<cache name='a'/><cache name='b' maxBytesLocalHeap='3m'/>");
    assertThat(size("a")).hasValue(5 * MB);
  }

  @Test
  void of_aLimitGiven_isTheLimit() throws IOException {
    given("<cache name='a' maxEntriesLocalHeap='10'/>");

    assertThat(HeapSize.of(file, Optional.empty(), OptionalLong.of(10 * MB))).hasValue(10 * MB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<ehcache>", "no xml", "<ehcache/>"})
  void of_aFileThatNoNodeCanBeStartedFrom_isTheLimitAlone(String content) throws IOException {
    Files.writeString(file, content);

    assertThat(size(null)).isEmpty();
    assertThat(HeapSize.of(file, Optional.empty(), OptionalLong.of(MB))).hasValue(MB);
    assertThat(HeapSize.of(directory.resolve("none"), Optional.empty(), OptionalLong.empty()))
        .isEmpty();
  }

  /** The launcher asks, and waits for the answer: Ehcache's classes would take their time. */
  @Test
  void of_needsNoClassOfEhcache() throws Exception {
    given("<cache name='a' maxBytesLocalHeap='3m'/>");
    URL[] own = {HeapSize.class.getProtectionDomain().getCodeSource().getLocation()};

    try (URLClassLoader alone = new URLClassLoader(own, ClassLoader.getPlatformClassLoader())) {
      Method of =
          alone
              .loadClass(HeapSize.class.getName())
              .getMethod("of", Path.class, Optional.class, OptionalLong.class);

      assertThat(of.invoke(null, file, Optional.empty(), OptionalLong.empty()))
          .isEqualTo(OptionalLong.of(3 * MB));
    }
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
    given("", inside);
  }

  private void given(String attributes, String inside) throws IOException {
    Files.writeString(file, "<ehcache name='x'" + attributes + ">" + inside + "</ehcache>");
  }

  private OptionalLong size(String region) {
    return HeapSize.of(file, Optional.ofNullable(region), OptionalLong.empty());
  }
}
