package io.ehcached.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The atomic writing of small files: a reader finds the whole content, or the old one. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Replaces the file by one with this text. */
  public static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".lck");
    // A new one: what somebody else may have put there could be a link to another file.
    Files.deleteIfExists(part);
    Files.writeString(part, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
