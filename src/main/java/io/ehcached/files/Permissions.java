package io.ehcached.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The permissions of a file that holds secrets, passwords or keys. */
public final class Permissions {
  private Permissions() {}

  /** Tells whether others than the file's user and group can read or write it. */
  public static boolean includeOthers(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // which is reported where it is read, or knows no others
    }
  }
}
