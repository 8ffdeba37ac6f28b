package io.ehcached.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.ehcached.protocol.Access;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Feed;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Status;
import io.ehcached.support.BinaryPacket;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What the binary protocol's decoder reads of clients who have not said who they are. */
class LockedBinaryDecoderTest {
  private static final Limits LIMITS = new Limits(1024 * 1024);

  private final Access access = Access.denied();
  private final Feed feed = new Feed(new BinaryDecoder(LIMITS, access));

  @Property(tries = 1000)
  void whateverIsAskedFor_nothingElseIsRead(
      @ForAll @IntRange(max = 255) int opcode, @ForAll @Size(max = 40) byte[] rest) {
    Feed locked = new Feed(new BinaryDecoder(LIMITS, Access.denied()));
    locked.receive(BinaryPacket.of(opcode).key("k").extra(rest).bytes(), 1);
    locked.receive(BinaryPacket.of(opcode).bytes(), 1);
    locked.receive(rest, 1);
    assertThat(locked.requests())
        .extracting(Request::command)
        .isSubsetOf(
            Command.INVALID, Command.AUTHENTICATE, Command.VERSION, Command.NOOP, Command.QUIT);
  }

  @Test
  void noop_isOnlyTheListOfMechanisms() {
    feed.receive(BinaryPacket.of(0x0a).bytes(), 1);
    assertThat(feed.requests().get(0).error()).isEqualTo(Status.UNAUTHENTICATED);
    assertThat(feed.requests().get(1).command()).isEqualTo(Command.QUIT);
  }

  @Test
  void messageTooLong_isSwallowed() {
    String message = "\0u\0" + "p".repeat(16 * 1024 - 3);
    feed.receive(BinaryPacket.of(0x21).key("PLAIN").value(message).bytes(), 1);
    feed.receive(BinaryPacket.of(0x21).key("PLAIN").value(message + "p").bytes(), 1);
    feed.receive(BinaryPacket.of(0x0b).bytes(), 1);
    assertThat(feed.requests())
        .extracting(Request::command)
        .containsExactly(Command.AUTHENTICATE, Command.INVALID, Command.VERSION);
    assertThat(feed.requests().get(1).error()).isEqualTo(Status.TOO_LARGE);
  }

  @Test
  void whatFollowsAnAttempt_isNotReadBeforeItsOutcomeIsKnown() {
    feed.receive(BinaryPacket.of(0x21).key("PLAIN").value("\0u\0p").bytes(), 100);
    assertThat(feed.requests()).hasSize(1);
    access.grant(true);
    feed.receive(BinaryPacket.of(0x00).key("k").bytes(), 100);
    assertThat(feed.requests().get(1).command()).isEqualTo(Command.GET);
  }
}
