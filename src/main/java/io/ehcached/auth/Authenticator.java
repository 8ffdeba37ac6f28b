package io.ehcached.auth;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of user names and passwords against the last valid version of a password file ({@code
 * -Y}). Safe for use by many threads. As in memcached, an authenticated client stays authenticated
 * when the file changes.
 */
public final class Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
  private static final int MAX_PRINTED = 64;

  private final Path file;
  private final boolean closed;
  private final LoginThrottle throttle;
  private byte[] read;
  private volatile Users users;
  private String told;

  private Authenticator(
      Path file, boolean closed, byte[] read, Users users, LoginThrottle throttle) {
    this.file = file;
    this.closed = closed;
    this.read = read;
    this.users = users;
    this.throttle = throttle;
  }

  /**
   * Reads a file of users.
   *
   * @param closed whether what others can read or write is not taken when it changes
   * @throws PasswordFileException when it cannot be used
   */
  public static Authenticator of(Path file, boolean closed) throws PasswordFileException {
    return of(file, closed, System::nanoTime);
  }

  static Authenticator of(Path file, boolean closed, LongSupplier nanos)
      throws PasswordFileException {
    byte[] read = PasswordFile.read(file);
    return new Authenticator(
        file, closed, read, PasswordFile.parse(file, read), new LoginThrottle(nanos));
  }

  /**
   * Reads the file again if it has changed. The whole file is compared, since its times do not show
   * every change. A file that cannot be used changes nothing, and is logged once. To be called
   * regularly, by one thread.
   */
  public void refresh() {
    try {
      byte[] now = PasswordFile.read(file);
      if (closed) {
        PasswordFile.checkReaders(file);
      }
      if (told == null && Arrays.equals(now, read)) {
        return;
      }
      users = PasswordFile.parse(file, now);
      if (!Arrays.equals(now, read)) {
        LOG.info("users reloaded from {}", file);
      } else {
        LOG.info("{} is valid again", file);
      }
      read = now;
      told = null;
    } catch (PasswordFileException e) {
      if (!e.getMessage().equals(told)) {
        told = e.getMessage();
        LOG.warn("{}; keeping the previous users", told);
      }
    }
  }

  /**
   * Returns how long an attempt has to wait, in nanoseconds; see {@link LoginThrottle#delay}.
   *
   * @param user null for a try without one
   */
  public long delay(byte[] user, String host) {
    return throttle.delay(origin(user, host));
  }

  /**
   * Tells whether the password of a user is right.
   *
   * @param host where the try comes from, for the {@link LoginThrottle}
   * @param address the same in full, for the log
   */
  public boolean admits(byte[] user, byte[] password, String host, String address) {
    if (users.has(user, password)) {
      LOG.debug("{} authenticated as {}", address, printable(user));
      return true;
    }
    throttle.failed(origin(user, host), address, printable(user));
    return false;
  }

  /** Records an attempt without a user, or with an unknown mechanism. */
  public void refused(String host, String address) {
    throttle.failed(origin(null, host), address, "nobody");
  }

  /** Names that the file does not list count as one: a client could make up any number of them. */
  private LoginSource origin(byte[] user, String host) {
    return new LoginSource(
        host, user != null && users.lists(user) ? printable(user) : LoginSource.UNKNOWN);
  }

  /** Returns a user name, in quotes, in a form that can be logged. */
  static String printable(byte[] user) {
    StringBuilder name = new StringBuilder("'");
    for (int i = 0; i < Math.min(user.length, MAX_PRINTED); i++) {
      boolean printable = user[i] > ' ' && user[i] < 0x7F && user[i] != '\'';
      name.append(printable ? (char) user[i] : '?');
    }
    return name.append(user.length > MAX_PRINTED ? "...'" : "'").toString();
  }
}
