package io.ehcached.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Checks whether a file could be written, and leaves everything as it was. */
public final class WriteCheck {
  private WriteCheck() {}

  /**
   * As if something were to be written to the end of a file, which may be a new one.
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
   * Refuses a symbolic link, by which somebody else could have another file written; those in
   * {@code /dev} are the system's, such as {@code /dev/stdout}.
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
   * Refuses a named pipe: a program that opens it or writes to it waits until another reads it. The
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
   * As if another file were to be moved to the place of this one, as {@link AtomicFile} does.
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
