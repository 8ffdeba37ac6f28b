package io.ehcached.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user {@code alice} with the password {@code secret}, as Debian's memcached knows users. */
final class SaslUsers {
  private static Path directory;

  private SaslUsers() {}

  /** Returns why there cannot be users here, or null. */
  static String absence() {
    try {
      directory();
      return null;
    } catch (IOException e) {
      return "memcached needs users for SASL (apt-get install sasl2-bin): " + e.getMessage();
    }
  }

  /** Returns the directory where the users are and memcached is told how to find them. */
  static synchronized Path directory() throws IOException {
    if (directory == null) {
      Path made = Files.createTempDirectory("sasl");
      Path users = made.resolve("sasldb");
      Files.writeString(
          made.resolve("memcached.conf"), "mech_list: plain\nsasldb_path: " + users + "\n");
      String host = InetAddress.getLocalHost().getHostName();
      Process process =
          new ProcessBuilder("saslpasswd2", "-p", "-c", "-f", users.toString(), "-u", host, "alice")
              .inheritIO()
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
      process.getOutputStream().write("secret".getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().close();
      if (process.onExit().join().exitValue() != 0) {
        throw new IOException("saslpasswd2 failed");
      }
      directory = made;
    }
    return directory;
  }
}
