package io.ehcached.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
  private static final Path FILE = Path.of("/etc/users");

  @TempDir Path directory;

  private static Users parse(String text) throws PasswordFileException {
    return PasswordFile.parse(FILE, text.getBytes(ISO_8859_1));
  }

  private static boolean has(Users users, String user, String password) {
    return users.has(user.getBytes(ISO_8859_1), password.getBytes(ISO_8859_1));
  }

  @Test
  void lines_areUsersWithTheirPasswords() throws Exception {
    Users users = parse("alice:secret\r\n\nbob:pa ss:word \nalice:next");

    assertThat(has(users, "alice", "secret")).isTrue();
    assertThat(has(users, "alice", "next")).isTrue();
    assertThat(has(users, "bob", "pa ss:word ")).isTrue();
    assertThat(has(users, "bob", "secret")).isFalse();
    assertThat(has(users, "alice", "secre")).isFalse();
    assertThat(has(users, "alice", "secret ")).isFalse();
    assertThat(has(users, "alic", "esecret")).isFalse();
    assertThat(has(users, "bob:pa ss", "word ")).isFalse();
    assertThat(has(users, "", "")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /etc/users is empty",
    "'\n\n', /etc/users is empty",
    "'a:b\nnobody\n', /etc/users line 2 has no colon",
    "':b', /etc/users line 1 has no user",
    "'a:', /etc/users line 1 has no password",
    "'a:b\n\na b:c', /etc/users line 3 has a blank",
    "'a:b\rc:d', /etc/users line 1 has a NUL or a return",
    "'a:b\0c', /etc/users line 1 has a NUL or a return",
    "'1:a\n2:a\n3:a\n4:a\n5:a\n6:a\n7:a\n8:a\n9:a', /etc/users line 9 is one user more than 8",
  })
  void malformed_isToldWithItsLine(String text, String message) {
    String bytes = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
    assertThatThrownBy(() -> parse(bytes))
        .isInstanceOf(PasswordFileException.class)
        .hasMessageStartingWith(message)
        .message()
        .containsAnyOf("; write ", "; leave ", "; remove ");
  }

  @Test
  void longestLine_isTaken_andALongerOneNot() throws Exception {
    String longest = "a:" + "p".repeat(253);
    assertThat(has(parse(longest + "\n"), "a", "p".repeat(253))).isTrue();
    assertThatThrownBy(() -> parse("b:c\n" + longest + "p"))
        .hasMessageStartingWith("/etc/users line 2 is longer than 255 bytes");
  }

  @Test
  void messages_neverHoldWhatTheFileSays() {
    assertThatThrownBy(() -> parse("alice secret")).hasMessageNotContainingAny("alice", "secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-----w-"})
  void fileOpenToEverybody_isReadAndTold(String mode) throws Exception {
    Path file = Files.writeString(directory.resolve("users"), "a:b");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThat(PasswordFile.read(file)).asString(ISO_8859_1).isEqualTo("a:b");
    assertThatThrownBy(() -> PasswordFile.checkReaders(file))
        .hasMessageContaining("by everybody")
        .hasMessageEndingWith("chmod o= " + file);
  }

  @Test
  void fileForAGroup_isClosed() throws Exception {
    Path file = Files.writeString(directory.resolve("users"), "a:b");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatCode(() -> PasswordFile.checkReaders(file)).doesNotThrowAnyException();
  }

  @Test
  void noFile_isTold() {
    Path file = directory.resolve("users");
    assertThatThrownBy(() -> PasswordFile.read(file))
        .hasMessageStartingWith(file + " is not there");
    assertThatThrownBy(() -> PasswordFile.read(directory))
        .hasMessageStartingWith(directory + " is no file");
  }
}
