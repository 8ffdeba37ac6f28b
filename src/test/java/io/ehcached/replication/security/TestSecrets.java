package io.ehcached.replication.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets for tests of all packages. */
public final class TestSecrets {
  private TestSecrets() {}

  /** Returns a file that holds {@code text}, which goes away with the process. */
  public static Path file(String text) {
    try {
      Path file = Files.createTempFile("peers", ".secret");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the security of nodes that share a secret. */
  public static PeerSecurity sharing(String text) {
    return PeerSecurity.fromSecretFile(file(text));
  }
}
