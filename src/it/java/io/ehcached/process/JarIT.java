package io.ehcached.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is shipped. */
class JarIT {
  @Test
  void jar_holdsANodeAndNoManagementAgent() throws IOException {
    try (JarFile jar = new JarFile(Path.of("target/ehcached.jar").toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .contains("io/ehcached/Main.class", "net/sf/ehcache/Cache.class")
          .contains(
              "META-INF/native/libnetty_tcnative_linux_x86_64.so",
              "META-INF/native/libnetty_tcnative_linux_aarch_64.so")
          .noneMatch(name -> name.startsWith("rest-management-private-classpath"));
    }
  }
}
