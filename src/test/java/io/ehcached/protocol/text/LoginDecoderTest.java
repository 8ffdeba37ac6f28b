package io.ehcached.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Feed;
import io.ehcached.protocol.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LoginDecoderTest {
  private static final String INPUT =
      "get ab\r\nset a 0 0 5\r\nalice\r\nset a 0 0 16384\r\nu "
          + "p".repeat(16_382)
          + "\r\nset a 0 0 2147483646\r\n"
          + " set a 0 0 3\r\nset a 0 0 3\r\nu p\n\nset k x y 5 z\nu p p\r\n";

  private static List<String> described(Feed feed) {
    List<String> described = new ArrayList<>();
    for (Request request : feed.requests()) {
      String user =
          request.user() == null
              ? ""
              : " " + new String(request.user(), StandardCharsets.ISO_8859_1);
      String length = request.value() == null ? "" : " " + request.value().length;
      String text = request.errorText() == null ? "" : " " + request.errorText();
      String error = request.error() == null ? "" : " " + request.error();
      described.add(request.command() + user + length + error + text);
    }
    return described;
  }

  @Test
  void input_givesTheSameAttemptsWhereverItIsSplit() {
    byte[] input = Feed.bytes(INPUT);
    for (int at = 0; at <= input.length; at += at < 60 || at > input.length - 60 ? 1 : 97) {
      Feed feed = new Feed(new LoginDecoder(Connection.LIMITS, Access.denied()));
      feed.receive(Arrays.copyOf(input, at), 1);
      feed.receive(Arrays.copyOfRange(input, at, input.length), 1);
      assertThat(described(feed))
          .as("split at %d", at)
          .containsExactly(
              "INVALID UNAUTHENTICATED",
              "INVALID BAD_ARGUMENT bad authentication token format",
              "AUTHENTICATE u 16382",
              "INVALID BAD_ARGUMENT auth token too long",
              "INVALID UNAUTHENTICATED",
              "INVALID BAD_ARGUMENT bad command line termination",
              "AUTHENTICATE u 3");
    }
  }

  @Test
  void whatFollowsAnAttempt_isNotReadBeforeItsOutcomeIsKnown() {
    Access access = Access.denied();
    Feed feed = new Feed(new LoginDecoder(Connection.LIMITS, access));
    feed.receive(Feed.bytes("set a 0 0 3\r\nu p\r\nget a\r\n"), 100);
    assertThat(described(feed)).containsExactly("AUTHENTICATE u 1");

    access.grant(true);
    feed.receive(new byte[0], 100);
    assertThat(described(feed)).containsExactly("AUTHENTICATE u 1", "GET");
  }

  @Test
  void httpAndLinesTooLongOrTooShort_endTheConnection() {
    for (String line : List.of("POST / HTTP/1.1\r\n", "a".repeat(2049), "quit\r\n", "\n")) {
      Feed feed = new Feed(new LoginDecoder(Connection.LIMITS, Access.denied()));
      feed.receive(Feed.bytes(line + "set a 0 0 3\r\nu p\r\n"), 1);
      assertThat(described(feed)).containsExactly("QUIT BAD_FORMAT");
    }
  }

  @Property(tries = 300)
  void whateverIsSent_nothingElseIsAskedFor(@ForAll @Size(max = 400) byte[] bytes) {
    Feed feed = new Feed(new LoginDecoder(Connection.LIMITS, Access.denied()));
    feed.receive(Feed.bytes("set a 0 0 3\r\nu p\r\n"), 1);
    feed.receive(bytes, 1);
    assertThat(feed.requests())
        .extracting(Request::command)
        .isSubsetOf(Command.INVALID, Command.AUTHENTICATE, Command.QUIT);
    assertThat(feed.untaken()).isLessThanOrEqualTo(TextDecoder.MAX_LINE);
  }
}
