package io.ehcached.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.files.IoReason;
import io.ehcached.options.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files by which a node tells others of itself. */
class LaunchFilesTest {
  @TempDir Path directory;

  @Test
  void pidFile_holdsTheProcessUntilClosed() throws Exception {
    Path file = directory.resolve("pid");
    Files.writeString(file, "1\n");

    try (PidFile pidFile = PidFile.write(file)) {
      assertThat(file).hasContent(ProcessHandle.current().pid() + "\n");
      assertThat(pidFile).isNotNull();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void pidFile_takenOverByAnother_isLeftAlone() throws Exception {
    Path file = directory.resolve("pid");
    PidFile pidFile = PidFile.write(file);
    Files.writeString(file, "1\n");

    pidFile.close();

    assertThat(file).hasContent("1\n");
  }

  @Test
  void pidFile_goneAlready_isNoMatter() throws Exception {
    Path file = directory.resolve("pid");
    PidFile pidFile = PidFile.write(file);
    Files.delete(file);

    pidFile.close();

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void pidFile_thatCannotBeWritten_isToldInWords() {
    Path file = directory.resolve("none").resolve("pid");

    assertThatThrownBy(() -> PidFile.write(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("-P " + file + " cannot be written (no such directory)");
  }

  @Test
  void portFile_isAsMemcachedWritesIt_withTheAdminPortBehind() throws Exception {
    Path file = directory.resolve("ports");

    PortFile.write(
        file,
        List.of(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 1234),
            new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 1235)),
        List.of(new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 1236)),
        Optional.of(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 1237)));

    assertThat(Files.readString(file))
        .isEqualTo("TCP INET: 1234\nTCP INET6: 1235\nUDP INET6: 1236\nADMIN INET: 1237\n");
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void portFile_thatCannotBeWritten_isToldInWords() {
    Path file = directory.resolve("none").resolve("ports");

    assertThatThrownBy(() -> PortFile.write(file, List.of(), List.of(), Optional.empty()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("MEMCACHED_PORT_FILENAME=" + file);
  }

  @Test
  void reason_isInWords() {
    assertThat(IoReason.of(new AccessDeniedException("x"))).isEqualTo("permission denied");
    assertThat(IoReason.of(new FileSystemException("x", null, "disk is full")))
        .isEqualTo("disk is full");
    assertThat(IoReason.of(new IOException("odd"))).contains("odd");
  }
}
