package io.ehcached.auth;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is let in: the users that a file lists, as of when it was last good. Safe for use by many
 * threads. As with memcached, whoever was let in stays, whatever becomes of the file.
 */
public final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Path file;
  private final boolean closed;
  private final Tries tries;
  private byte[] read;
  private volatile Users users;
  private String told;

  private Gate(Path file, boolean closed, byte[] read, Users users, Tries tries) {
    this.file = file;
    this.closed = closed;
    this.read = read;
    this.users = users;
    this.tries = tries;
  }

  /**
   * Reads a file of users.
   *
   * @param closed whether what others can read or write is not taken when it changes
   * @throws PasswordFileException when it cannot be used
   */
  public static Gate of(Path file, boolean closed) throws PasswordFileException {
    return of(file, closed, System::nanoTime);
  }

  static Gate of(Path file, boolean closed, LongSupplier nanos) throws PasswordFileException {
    byte[] read = PasswordFile.read(file);
    return new Gate(file, closed, read, PasswordFile.parse(file, read), new Tries(nanos));
  }

  /**
   * Looks whether the file says something else by now. It is small and read whole: its times tell
   * nothing of a change within their grain. One that cannot be used changes nothing, and is told of
   * once. To be called again and again, by one thread.
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
        LOG.info("the users are those that {} lists by now", file);
      } else {
        LOG.info("{} is good again", file);
      }
      read = now;
      told = null;
    } catch (PasswordFileException e) {
      if (!e.getMessage().equals(told)) {
        told = e.getMessage();
        LOG.warn("{}; until then the users are those of before", told);
      }
    }
  }

  /**
   * Returns how many nanoseconds a try has to wait; see {@link Tries#delay}.
   *
   * @param user null for a try without one
   */
  public long delay(byte[] user, String host) {
    return tries.delay(origin(user, host));
  }

  /**
   * Tells whether a user has a password.
   *
   * @param host where the try comes from, for the {@link Tries}
   * @param address the same in full, for the log
   */
  public boolean admits(byte[] user, byte[] password, String host, String address) {
    if (users.has(user, password)) {
      LOG.debug("{} is let in as {}", address, UserName.of(user));
      return true;
    }
    tries.failed(origin(user, host), address, UserName.of(user));
    return false;
  }

  /** Takes note of a try that is none: without a user, or in a way that is not known. */
  public void refused(String host, String address) {
    tries.failed(origin(null, host), address, "nobody");
  }

  /** Names that the file does not list count as one: a client could make up any number of them. */
  private Origin origin(byte[] user, String host) {
    return new Origin(host, user != null && users.lists(user) ? UserName.of(user) : Origin.UNKNOWN);
  }
}
