package io.ehcached.files;

import io.ehcached.options.UsageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The reason why a file could not be used, in words for people. */
public final class IoReason {
  private IoReason() {}

  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such directory";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof FileSystemException files && files.getReason() != null) {
      return files.getReason();
    }
    return e.toString();
  }

  /** A step that writes a file, or checks whether it can be written. */
  public interface Writing {
    void run() throws IOException;
  }

  /**
   * Runs a step that writes a file.
   *
   * @param what the option and the file
   * @param advice what to do instead, or an empty text
   * @throws UsageException when the file cannot be written
   */
  public static void writing(String what, String advice, Writing writing) throws UsageException {
    try {
      writing.run();
    } catch (IOException e) {
      throw UsageException.badValue(what + " cannot be written (" + of(e) + ")" + advice);
    }
  }
}
