package io.ehcached.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.support.BinaryPacket;
import io.ehcached.support.NodeProcess;
import io.ehcached.support.TextClient;
import io.ehcached.support.UsersFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that have to say who they are: {@code -Y}. What they are answered is in transcripts. */
class AuthenticationIT {
  private static final int SASL_AUTH = 0x21;
  private static final int NOOP = 0x0a;

  private static Path users() {
    return UsersFile.of("alice:secret\nbob:open sesame\n");
  }

  private static String login(TextClient client, String user, String password) {
    String token = user + " " + password;
    return client.ask("set x 0 0 " + token.length() + "\r\n" + token);
  }

  private static byte[] plain(String user, String password) {
    return BinaryPacket.of(SASL_AUTH).key("PLAIN").value("\0" + user + "\0" + password).bytes();
  }

  /** Returns a packet's status and its body. */
  private static String answer(TextClient client) {
    ByteBuffer header = ByteBuffer.wrap(client.bytes(24));
    String body = new String(client.bytes(header.getInt(8)), ISO_8859_1);
    return header.getShort(6) + " " + body;
  }

  private static void assertLetsIn(NodeProcess node, String user, String password) {
    try (TextClient client = node.connect()) {
      assertThat(login(client, user, password)).isEqualTo("STORED");
      assertThat(client.ask("mn")).isEqualTo("MN");
    }
  }

  private static void assertKeepsOut(NodeProcess node, String user, String password) {
    try (TextClient client = node.connect()) {
      assertThat(login(client, user, password)).isEqualTo("CLIENT_ERROR authentication failure");
      assertThat(client.ask("get a")).isEqualTo("CLIENT_ERROR unauthenticated");
    }
  }

  @Test
  void everyProtocol_asksForTheSameUsers_andCounts() {
    try (NodeProcess node = NodeProcess.startAlone("-Y", users().toString());
        TextClient text = node.connect();
        TextClient binary = node.connect()) {
      assertThat(login(text, "alice", "wrong")).endsWith("authentication failure");
      assertThat(login(text, "alice", "secret")).isEqualTo("STORED");
      assertThat(text.get("x")).isNull();
      assertThat(text.ask("ms a 1\r\n1")).isEqualTo("HD");

      binary.send(plain("bob", "secret"));
      assertThat(answer(binary)).isEqualTo("32 Auth failure.");
      binary.send(plain("bob", "open sesame"));
      binary.send(BinaryPacket.of(NOOP).bytes());
      assertThat(answer(binary)).isEqualTo("0 Authenticated");
      assertThat(answer(binary)).isEqualTo("0 ");

      assertThat(text.stat("", "auth_cmds")).isEqualTo("4");
      assertThat(text.stat("", "auth_errors")).isEqualTo("2");
      assertThat(text.stat("settings", "auth_enabled_sasl")).isEqualTo("yes");
      assertThat(text.stat("settings", "auth_enabled_ascii")).startsWith("/");
      assertThat(node.log())
          .contains("tcp:127.0.0.1:", "failed to authenticate as 'alice'", "'bob'")
          .doesNotContain("secret", "open sesame", "wrong");
    }
  }

  @Test
  void requestsSentWithAWrongPassword_areNotDone() {
    try (NodeProcess node = NodeProcess.startAlone("-Y", users().toString());
        TextClient text = node.connect();
        TextClient binary = node.connect()) {
      text.send("set x 0 0 11\r\nalice wrong\r\nset a 0 0 1\r\n1\r\nms b 1\r\n1\r\n");
      for (String line :
          new String[] {"authentication failure", "bad authentication token format"}) {
        assertThat(text.line()).isEqualTo("CLIENT_ERROR " + line);
      }
      assertThat(text.line()).isEqualTo("CLIENT_ERROR unauthenticated");
      binary.send(plain("alice", "wrong"));
      binary.send(BinaryPacket.of(0x01).extra(0).extra(0).key("c").value("1").bytes());
      assertThat(answer(binary)).isEqualTo("32 Auth failure.");
      assertThat(answer(binary)).isEqualTo("32 Auth failure.");
      assertThat(binary.isClosedByPeer()).isTrue();

      try (TextClient client = node.connect()) {
        login(client, "alice", "secret");
        assertThat(client.stat("", "curr_items")).isEqualTo("0");
      }
    }
  }

  @Test
  void valueTooLongToBeAPassword_isReadAsLines() {
    try (NodeProcess node = NodeProcess.startAlone("-Y", users().toString());
        TextClient client = node.connect()) {
      int lines = 20_000;
      String value = "get a\r\n".repeat(lines);
      client.send("set a 0 0 " + value.length() + "\r\n" + value);
      assertThat(client.line()).isEqualTo("CLIENT_ERROR auth token too long");
      for (int i = 0; i < lines; i++) {
        assertThat(client.line()).isEqualTo("CLIENT_ERROR unauthenticated");
      }
      assertThat(login(client, "alice", "secret")).isEqualTo("STORED");
    }
  }

  @Test
  void manyWrongTries_endTheConnection_andSlowTheHostDown_butOnlyForAWhile() {
    try (NodeProcess node = NodeProcess.startAlone("-Y", users().toString());
        TextClient inside = node.connect()) {
      assertThat(login(inside, "alice", "secret")).isEqualTo("STORED");
      String tooOften = "127.0.0.1 failed to authenticate as 'alice' too often";
      // 25 of which 20 are free; more where these take so long that some are forgiven meanwhile.
      for (int i = 0; i < 5 || (i < 50 && !node.log().contains(tooOften)); i++) {
        try (TextClient guesser = node.connect()) {
          for (int guess = 0; guess < 4; guess++) {
            assertThat(login(guesser, "alice", "guess" + guess)).endsWith("failure");
          }
          guesser.send("set x 0 0 11\r\nalice wrong\r\n");
          assertThat(guesser.line()).endsWith("failure");
          assertThat(guesser.isClosedByPeer()).isTrue();
        }
        assertThat(inside.ask("mn")).isEqualTo("MN"); // not a moment's wait for who is in already
      }
      assertThat(node.log()).contains(tooOften);
      assertLetsIn(node, "alice", "secret");
    }
  }

  /** Behind a router or a sidecar, all clients have one address. */
  @Test
  void guessing_slowsNoOtherUserAndNobodyWhoIsIn() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong refused = new AtomicLong();
    List<Thread> guessers = new ArrayList<>();
    try (NodeProcess node = NodeProcess.startAlone("-Y", users().toString());
        TextClient inside = node.connect()) {
      assertThat(login(inside, "alice", "secret")).isEqualTo("STORED");
      for (int i = 0; i < 8; i++) {
        Thread guesser = new Thread(() -> guess(node, over, refused));
        guesser.start();
        guessers.add(guesser);
      }
      await().until(() -> node.log().contains("too often"));
      for (int i = 0; i < 50; i++) {
        assertLetsIn(node, "bob", "open sesame");
        assertThat(login(inside, "alice", "secret")).isEqualTo("STORED");
      }
      over.set(true);
      for (Thread guesser : guessers) {
        guesser.join();
      }
      assertThat(refused.get()).isPositive();
    } finally {
      over.set(true);
    }
  }

  private static void guess(NodeProcess node, AtomicBoolean over, AtomicLong refused) {
    while (!over.get()) {
      try (TextClient client = node.connect()) {
        while (!over.get() && login(client, "alice", "guess").endsWith("failure")) {
          refused.incrementAndGet();
        }
      } catch (UncheckedIOException | AssertionError e) {
        // hung up on
      }
    }
  }

  @Test
  void fileThatChanges_holdsForThoseWhoComeThen() throws Exception {
    Path users = users();
    try (NodeProcess node = NodeProcess.startAlone("-Y", users.toString());
        TextClient early = node.connect()) {
      assertThat(login(early, "alice", "secret")).isEqualTo("STORED");

      UsersFile.write(users, "carol:new\n");
      await().until(() -> node.log().contains("users reloaded from " + users));
      assertLetsIn(node, "carol", "new");
      assertKeepsOut(node, "alice", "secret");
      assertThat(early.ask("mn")).isEqualTo("MN");

      Files.delete(users);
      await().until(() -> node.log().contains(users + " is not there"));
      assertLetsIn(node, "carol", "new");
      UsersFile.write(users, "carol\n");
      await().until(() -> node.log().contains(users + " line 1 has no colon"));
      assertLetsIn(node, "carol", "new");
      assertThat(node.log()).containsOnlyOnce("is not there").containsOnlyOnce("has no colon");
    }
  }

  @Test
  void unixSocket_asksAsWell(@TempDir Path directory) {
    Path socket = directory.resolve("s");
    try (NodeProcess node =
        NodeProcess.builder().socket(socket).arguments("-Y", users().toString()).start()) {
      assertKeepsOut(node, "alice", "wrong");
      assertLetsIn(node, "alice", "secret");
      assertThat(node.log()).contains("unix:" + socket + " failed to authenticate as 'alice'");
    }
  }
}
