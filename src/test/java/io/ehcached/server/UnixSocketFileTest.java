package io.ehcached.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketFileTest {
  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void setUp() {
    path = directory.resolve("socket");
  }

  private ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path));
  }

  @Test
  void makeWay_nothingThere() {
    assertThatCode(() -> UnixSocketFile.makeWay(path)).doesNotThrowAnyException();
  }

  @Test
  void makeWay_leavesAFileOfSomebodys() throws IOException {
    Files.writeString(path, "precious");
    assertThatThrownBy(() -> UnixSocketFile.makeWay(path))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot listen on %s: it is there already, and is no socket; write another path with -s",
            path);
    assertThat(path).hasContent("precious");
  }

  @Test
  void makeWay_leavesADirectory() throws IOException {
    Files.createDirectory(path);
    assertThatThrownBy(() -> UnixSocketFile.makeWay(path)).hasMessageContaining("is no socket");
    assertThat(path).isDirectory();
  }

  @Test
  void makeWay_leavesASocketThatIsListenedOn() throws IOException {
    try (ServerSocketChannel other = listen()) {
      assertThatThrownBy(() -> UnixSocketFile.makeWay(path))
          .hasMessageContaining("a process listens there already");
      assertThat(path).exists();
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void makeWay_removesASocketThatNobodyListensOn() throws IOException {
    listen().close();
    assertThat(path).exists();
    UnixSocketFile.makeWay(path);
    assertThat(path).doesNotExist();
  }

  @Test
  void made_setsWhoMayUseIt_andDeleteRemovesIt() throws IOException {
    try (ServerSocketChannel ours = listen()) {
      UnixSocketFile file = UnixSocketFile.made(path, 0640);
      assertThat((Integer) Files.getAttribute(path, "unix:mode") & 0777).isEqualTo(0640);
      file.delete();
      assertThat(path).doesNotExist();
      assertThat(ours.isOpen()).isTrue();
    }
  }

  @Test
  void delete_leavesTheSocketOfWhoHasTakenThePathOver() throws IOException {
    ServerSocketChannel ours = listen();
    UnixSocketFile file = UnixSocketFile.made(path, 0700);
    Files.move(path, directory.resolve("elsewhere")); // so that its inode is not used again
    try (ServerSocketChannel theirs = listen()) {
      file.delete();
      assertThat(path).exists();
      assertThat(theirs.isOpen()).isTrue();
    } finally {
      ours.close();
    }
  }
}
