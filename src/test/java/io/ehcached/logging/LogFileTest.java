package io.ehcached.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private final AtomicLong clock = new AtomicLong();
  @TempDir Path directory;
  private Path file;
  private LogFile log;

  @BeforeEach
  void open() throws IOException {
    file = directory.resolve("log");
    Files.writeString(file, "before\n");
    log = new LogFile(file, clock::get);
  }

  private void write(String line) throws IOException {
    log.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void secondPasses() {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void renamedFile_isFollowedByANewOneWithinASecond() throws IOException {
    write("1");
    Path old = Files.move(file, directory.resolve("log.1"));
    write("2");
    secondPasses();
    write("3");
    write("4");

    assertThat(old).hasContent("before\n1\n2\n");
    assertThat(file).hasContent("3\n4\n");
  }

  @Test
  void fileThatOthersPutThere_isAppendedTo() throws IOException {
    write("1");
    Files.writeString(directory.resolve("new"), "head\n");
    Files.move(directory.resolve("new"), file, StandardCopyOption.REPLACE_EXISTING);
    secondPasses();
    write("2");

    assertThat(file).hasContent("head\n2\n");
  }

  @Test
  void emptiedFile_isWrittenFromItsBeginning() throws IOException {
    write("1");
    Files.newByteChannel(file, StandardOpenOption.WRITE).truncate(0).close();
    write("2");
    secondPasses();
    write("3");

    assertThat(file).hasContent("2\n3\n");
  }

  @Test
  void whereNoFileCanBeMade_theOldOneTakesTheRest() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Path there = folder.resolve("log");
    LogFile other = new LogFile(there, clock::get);
    Path gone = directory.resolve("gone");
    Files.move(folder, gone);
    secondPasses();
    other.write('x');
    other.write("yz".getBytes(StandardCharsets.UTF_8));

    assertThat(gone.resolve("log")).hasContent("xyz");
    Files.createDirectory(folder);
    secondPasses();
    other.write("new".getBytes(StandardCharsets.UTF_8));
    assertThat(there).hasContent("new");
  }
}
