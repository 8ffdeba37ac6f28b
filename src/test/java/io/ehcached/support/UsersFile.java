package io.ehcached.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Files of users and passwords, as {@code -Y} takes them. */
public final class UsersFile {
  /** What stands for the path of a file with these users in a transcript's options. */
  public static final String PLACEHOLDER = "USERS";

  private static Path standard;

  private UsersFile() {}

  /** Writes a file that nobody else can read. */
  public static Path of(String text) {
    try {
      Path file = Files.createTempFile("users", "");
      write(file, text);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes into such a file at once, as an editor does. */
  public static void write(Path file, String text) {
    try {
      Path next = Files.createTempFile(file.getParent(), "users", "");
      Files.writeString(next, text);
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns options with the path of a file with {@code alice} and {@code bob} in its place. */
  public static synchronized List<String> in(List<String> options) {
    if (!options.contains(PLACEHOLDER)) {
      return options;
    }
    if (standard == null) {
      standard = of("alice:secret\nbob:pa:ss\n");
    }
    return options.stream()
        .map(option -> option.equals(PLACEHOLDER) ? standard.toString() : option)
        .toList();
  }
}
