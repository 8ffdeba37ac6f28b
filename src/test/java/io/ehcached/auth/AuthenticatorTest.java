package io.ehcached.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.support.UsersFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {
  private final Path file = UsersFile.of("alice:one\n");

  private static boolean admits(Authenticator gate, String user, String password) {
    return gate.admits(user.getBytes(ISO_8859_1), password.getBytes(ISO_8859_1), "host", "address");
  }

  @Test
  void fileThatChanges_isTaken() throws Exception {
    Authenticator gate = Authenticator.of(file, /* closed= */ false);
    assertThat(admits(gate, "alice", "one")).isTrue();

    UsersFile.write(file, "alice:two\n");
    gate.refresh();

    assertThat(admits(gate, "alice", "one")).isFalse();
    assertThat(admits(gate, "alice", "two")).isTrue();
  }

  @Test
  void badFile_leavesTheUsersOfBefore_untilItIsGood() throws Exception {
    Authenticator gate = Authenticator.of(file, /* closed= */ false);

    UsersFile.write(file, "alice");
    gate.refresh();
    assertThat(admits(gate, "alice", "one")).isTrue();

    Files.delete(file);
    gate.refresh();
    assertThat(admits(gate, "alice", "one")).isTrue();

    UsersFile.write(file, "alice:three");
    gate.refresh();
    assertThat(admits(gate, "alice", "three")).isTrue();
    assertThat(admits(gate, "alice", "one")).isFalse();
  }

  @Test
  void fileOpenToEverybody_isTaken_unlessItHasToBeClosed() throws Exception {
    Authenticator any = Authenticator.of(file, /* closed= */ false);
    Authenticator strict = Authenticator.of(file, /* closed= */ true);

    UsersFile.write(file, "alice:two");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    any.refresh();
    strict.refresh();
    assertThat(admits(any, "alice", "two")).isTrue();
    assertThat(admits(strict, "alice", "one")).isTrue();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    strict.refresh();
    assertThat(admits(strict, "alice", "two")).isTrue();
  }

  private static long delay(Authenticator gate, String user) {
    return gate.delay(user.getBytes(ISO_8859_1), "host");
  }

  @Test
  void guessing_slowsNobodyButThoseWhoTryAsTheSameUser() throws Exception {
    UsersFile.write(file, "alice:one\nbob:two\n");
    Authenticator gate = Authenticator.of(file, /* closed= */ false, () -> 0);
    for (int i = 0; i <= LoginThrottle.FREE; i++) {
      assertThat(admits(gate, "alice", "wrong" + i)).isFalse();
    }
    assertThat(delay(gate, "alice")).isPositive();
    assertThat(delay(gate, "bob")).isZero();
    assertThat(gate.delay("alice".getBytes(ISO_8859_1), "elsewhere")).isZero();
  }

  /** Or else whoever makes up names would have those forgotten that were tried too often. */
  @Test
  void usersThatAreNotListed_countAsOne() throws Exception {
    Authenticator gate = Authenticator.of(file, /* closed= */ false, () -> 0);
    for (int i = 0; i <= LoginThrottle.FREE; i++) {
      assertThat(admits(gate, "user" + i, "one")).isFalse();
    }
    assertThat(delay(gate, "another")).isPositive();
    assertThat(gate.delay(null, "host")).isPositive();
    assertThat(delay(gate, "alice")).isZero();
  }

  @Test
  void userName_isFitForALog() {
    assertThat(Authenticator.printable("al\nice'\u001b[1m".getBytes(ISO_8859_1)))
        .isEqualTo("'al?ice??[1m'");
    assertThat(Authenticator.printable(new byte[1000])).hasSize(69).endsWith("...'");
  }
}
