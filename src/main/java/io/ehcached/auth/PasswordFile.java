package io.ehcached.auth;

import io.ehcached.files.Permissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The password file of {@code -Y}: lines {@code user:password}, in the format and with the limits
 * of memcached. What memcached ignores silently is an error here: too many users, or a line that is
 * too long.
 */
final class PasswordFile {
  /** The most users. */
  static final int MAX_USERS = 8;

  /** The longest line, in bytes without its end. */
  static final int LONGEST_LINE = 255;

  private static final int LONGEST_FILE = 16 * 1024;
  private static final String MEND =
      "; write a line user:password for each user, and let nobody else read it: chmod 600 ";

  private PasswordFile() {}

  /**
   * Returns the bytes of a file.
   *
   * @throws PasswordFileException when it cannot be read
   */
  static byte[] read(Path file) throws PasswordFileException {
    try {
      if (!Files.isRegularFile(file) && Files.exists(file)) {
        throw fault(file, "is no file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(LONGEST_FILE + 1);
        if (bytes.length > LONGEST_FILE) {
          throw fault(file, "is too long to be a list of at most " + MAX_USERS + " users");
        }
        return bytes;
      }
    } catch (NoSuchFileException e) {
      throw fault(file, "is not there");
    } catch (AccessDeniedException e) {
      throw new PasswordFileException(
          file
              + " cannot be read by "
              + System.getProperty("user.name")
              + ", as whom the node runs; give it to that user: chown "
              + System.getProperty("user.name")
              + " "
              + file);
    } catch (IOException e) {
      throw fault(file, "cannot be read (" + e.getMessage() + ")");
    }
  }

  /**
   * Checks that only the file's user and group can read or write it.
   *
   * @throws PasswordFileException when they can
   */
  static void checkReaders(Path file) throws PasswordFileException {
    if (Permissions.includeOthers(file)) {
      throw new PasswordFileException(
          file + " can be read or written by everybody on this machine; write: chmod o= " + file);
    }
  }

  private static PasswordFileException fault(Path file, String what) {
    return new PasswordFileException(file + " " + what + MEND + file);
  }

  /**
   * Returns the users that a file lists; empty lines do not count.
   *
   * @throws PasswordFileException when a line is none, or there is no user, or one too many
   */
  static Users parse(Path file, byte[] bytes) throws PasswordFileException {
    Users.Builder users = new Users.Builder();
    int number = 0;
    int at = 0;
    while (at < bytes.length) {
      number++;
      int end = indexOf('\n', bytes, at, bytes.length);
      int next = end < 0 ? bytes.length : end + 1;
      byte[] line = withoutReturn(Arrays.copyOfRange(bytes, at, end < 0 ? bytes.length : end));
      if (line.length > 0) {
        add(line, file + " line " + number, users);
      }
      at = next;
    }
    if (users.count() == 0) {
      throw fault(file, "is empty, so nobody could be served");
    }
    return users.users();
  }

  private static byte[] withoutReturn(byte[] line) {
    int length = line.length;
    return length > 0 && line[length - 1] == '\r' ? Arrays.copyOf(line, length - 1) : line;
  }

  private static void add(byte[] line, String where, Users.Builder users)
      throws PasswordFileException {
    int colon = indexOf(':', line, 0, line.length);
    if (line.length > LONGEST_LINE) {
      throw fault(where, "is longer than " + LONGEST_LINE + " bytes; shorten the password");
    } else if (colon < 0) {
      throw fault(where, "has no colon; write user:password");
    } else if (colon == 0) {
      throw fault(where, "has no user before the colon; write user:password");
    } else if (colon == line.length - 1) {
      throw fault(where, "has no password behind the colon; write user:password");
    } else if (indexOf(' ', line, 0, colon) >= 0) {
      throw fault(where, "has a blank in the user's name, which clients cannot send; leave it out");
    } else if (indexOf('\0', line, 0, line.length) >= 0
        || indexOf('\r', line, 0, line.length) >= 0) {
      throw fault(where, "has a NUL or a return in it; write plain text, a line to a user");
    } else if (users.count() == MAX_USERS) {
      throw fault(where, "is one user more than " + MAX_USERS + ", the most; remove one");
    }
    users.add(Arrays.copyOf(line, colon), Arrays.copyOfRange(line, colon + 1, line.length));
  }

  private static PasswordFileException fault(String where, String what) {
    return new PasswordFileException(where + " " + what);
  }

  private static int indexOf(char wanted, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
