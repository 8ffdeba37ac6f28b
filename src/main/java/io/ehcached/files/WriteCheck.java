package io.ehcached.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The check whether a file can be written, which changes nothing. */
public final class WriteCheck {
  private WriteCheck() {}

  /**
   * Checks whether a file, old or new, can be appended to.
   *
   * @throws IOException when it could not be
   */
  public static void append(Path file) throws IOException {
    refuseLink(file);
    refusePipe(file);
    if (Files.exists(file)) {
      writable(notFolder(file));
    } else {
      folderOf(file);
    }
  }

  /**
   * Refuses a symbolic link, since somebody else could make it point to another file; the system's
   * own in {@code /dev} are allowed, such as {@code /dev/stdout}.
   *
   * @throws IOException when it is one
   */
  public static void refuseLink(Path file) throws IOException {
    if (Files.isSymbolicLink(file) && !file.toAbsolutePath().startsWith("/dev")) {
      throw new FileSystemException(
          file.toString(), null, "it is a symbolic link, which is not followed");
    }
  }

  /**
   * Refuses a named pipe: opening it or writing to it blocks until another program reads it. The
   * files in {@code /dev} are the system's, and are not refused.
   *
   * @throws IOException when it is one
   */
  public static void refusePipe(Path file) throws IOException {
    if (Files.exists(file)
        && !file.toAbsolutePath().startsWith("/dev")
        && Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
      throw new FileSystemException(
          file.toString(), null, "it is a named pipe or a device, which can block the node");
    }
  }

  /**
   * Checks whether a file can be replaced by another, as {@link AtomicFile} does.
   *
   * @throws IOException when it could not be
   */
  public static void replace(Path file) throws IOException {
    folderOf(notFolder(file));
  }

  /** Returns the file, or the first folder above it that would have to be made. */
  public static Path belowWhatIsThere(Path file) {
    Path path = file.toAbsolutePath();
    while (path.getParent() != null && !Files.exists(path.getParent())) {
      path = path.getParent();
    }
    return path;
  }

  private static Path notFolder(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "Is a directory");
    }
    return file;
  }

  private static void folderOf(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    Path folder = path.getParent() == null ? path : path.getParent();
    if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
      throw new FileSystemException(folder.toString(), null, "Not a directory");
    }
    writable(folder);
  }

  private static void writable(Path path) throws IOException {
    if (!Files.isWritable(path)) {
      throw new AccessDeniedException(path.toString());
    }
  }
}
