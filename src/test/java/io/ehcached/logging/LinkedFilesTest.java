package io.ehcached.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.options.UsageException;
import io.ehcached.process.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links that somebody else has put where a node writes have no other file written. */
class LinkedFilesTest {
  @TempDir Path directory;

  private Path other;

  @BeforeEach
  void write() throws IOException {
    other = Files.writeString(directory.resolve("other"), "of another");
  }

  @Test
  void pidFile_isWrittenInPlaceOfALink() throws Exception {
    Path file = Files.createSymbolicLink(directory.resolve("pid"), other);
    Files.createSymbolicLink(directory.resolve("pid.lck"), other);

    try (PidFile pid = PidFile.write(file)) {
      assertThat(pid).isNotNull();
      assertThat(other).hasContent("of another");
      assertThat(Files.isSymbolicLink(file)).isFalse();
      assertThat(file).hasContent(ProcessHandle.current().pid() + "\n");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void logFile_thatIsALink_isRefused() throws Exception {
    Path file = Files.createSymbolicLink(directory.resolve("log"), other);

    assertThatThrownBy(() -> Logging.checkFile(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--log-file "
                + file
                + " cannot be written (it is a symbolic link, which is not followed); write another");
    assertThatThrownBy(() -> new LogFile(file, System::nanoTime))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("symbolic link");
    assertThat(other).hasContent("of another");
  }

  /** To open one for writing blocks until somebody reads it. */
  @Test
  @Timeout(20)
  void logFile_thatIsANamedPipe_isRefused() throws Exception {
    Path file = directory.resolve("log");
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> Logging.checkFile(file))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--log-file "
                + file
                + " cannot be written (it is a named pipe or a device, which can block the node);"
                + " write another");
    assertThatThrownBy(() -> new LogFile(file, System::nanoTime))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("named pipe");
  }

  @Test
  void logFile_ofTheSystemsLinks_isOpened() throws Exception {
    new LogFile(Path.of("/dev/stderr"), System::nanoTime).close();
  }
}
