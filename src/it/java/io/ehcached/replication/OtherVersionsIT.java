package io.ehcached.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ehcached.item.Key;
import io.ehcached.replication.link.LinkSettings;
import io.ehcached.replication.link.PeerUrl;
import io.ehcached.replication.link.RegionServer;
import io.ehcached.replication.link.RmiPeerLink;
import io.ehcached.replication.link.TestLinks;
import io.ehcached.replication.settings.BootstrapSettings;
import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.EntryCodec;
import io.ehcached.replication.wire.FrameReader;
import io.ehcached.replication.wire.FrameWriter;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.support.CapturedLog;
import io.ehcached.support.Golden;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node among nodes of other releases, over real sockets. */
class OtherVersionsIT {
  private static final Golden GOLDEN = Golden.of("frames.txt");
  private static final String REGION = "items";
  private static final int CALL_MILLIS = 20_000; // more than any call may take

  /** The clock of the golden frames, since their items must not be stale. */
  private static final long CLOCK_OFFSET = 1_790_000_000_000L - System.currentTimeMillis();

  private LinkSettings settings;
  private RegionServer here;
  private RegionServer there;
  private TestNode node;
  private CapturedLog log;

  @BeforeEach
  void start() {
    settings = TestLinks.settings();
    here = new RegionServer(settings, 0, 0);
    there = new RegionServer(settings, 0, 0);
    log = CapturedLog.of("io.ehcached.replication");
  }

  @AfterEach
  void stop() {
    node.close();
    here.close();
    there.close();
    log.close();
  }

  private void startNode(BootstrapSettings copying) {
    node = new TestNode(1, TestCluster.SETTINGS, CLOCK_OFFSET, 0, copying);
    here.bind(REGION, node.replicator);
    node.meet(link(there));
  }

  private PeerLink link(RegionServer to) {
    return new RmiPeerLink(
        PeerUrl.of(InetAddress.getLoopbackAddress(), to.port(), REGION), settings);
  }

  private String stat(String name) {
    Map<String, String> stats = node.replicator.stats();
    return stats.get("peer:0:" + name);
  }

  /**
   * A node as it was before 1.1, made of what such a one sends and answers. It reads strictly: 1.0
   * knows one version, and it is the first byte.
   */
  private static final class OldNode implements FrameHandler {
    final List<Entry> taken = new CopyOnWriteArrayList<>();

    @Override
    public byte[] handle(byte[] frame) throws IOException {
      FrameReader in = new FrameReader(frame);
      int version = in.u8();
      if (version != 1) {
        throw new IOException("a frame of version " + version + ", where this node speaks 1");
      }
      int type = in.u8();
      in.i64();
      assertThat(in.text()).isEqualTo(REGION);
      in.text();
      return switch (type) {
        case 1 -> GOLDEN.get("hello, 1.0, answer");
        case 2 -> take(in);
        case 3 -> GOLDEN.get("slices, answer");
        case 4 -> GOLDEN.get("buckets, answer");
        case 5 -> missing(in);
        case 7 -> GOLDEN.get("chunk, answer");
        default -> throw new IOException("a frame of unknown type " + type);
      };
    }

    private byte[] take(FrameReader in) throws IOException {
      long base = in.i64();
      while (in.left() > 0) {
        taken.add(EntryCodec.read(in, base));
      }
      return GOLDEN.get("entries, answer");
    }

    private static byte[] missing(FrameReader in) throws IOException {
      int count = in.number();
      byte[] answer = new byte[2 + count];
      Arrays.fill(answer, (byte) 3);
      answer[0] = 0;
      answer[1] = (byte) count;
      return answer;
    }
  }

  @Test
  void nodeOfThePreviousMinorVersion_isCopiedToldAndListenedTo() throws Exception {
    OldNode old = new OldNode();
    there.bind(REGION, old);
    startNode(new BootstrapSettings(true, 1_000_000));

    node.replicator.awaitCopy();
    assertThat(node.get("plain")).isEqualTo("value"); // which the copy of the old node brought
    assertThat(node.replicator.stats()).containsEntry("wire_version", "1.5");
    await().until(() -> stat("state").equals("live"));
    assertThat(stat("wire_version")).isEqualTo("1.0");
    assertThat(stat("release")).isEqualTo("unknown");

    node.set("new", "of 1.1");
    await()
        .until(
            () ->
                old.taken.stream()
                    .anyMatch(
                        entry ->
                            entry.key().equals(Key.of("new"))
                                && new String(entry.item().value(), StandardCharsets.UTF_8)
                                    .equals("of 1.1")));

    PeerLink call = link(here);
    byte[] hello = call.call(GOLDEN.get("hello, 1.0"), CALL_MILLIS);
    assertThat(hello).hasSizeGreaterThan(GOLDEN.get("hello, 1.0, answer").length - 20);
    node.delete("plain");
    assertThat(call.call(GOLDEN.get("entries"), CALL_MILLIS))
        .isEqualTo(GOLDEN.get("entries, answer"));
    assertThat(node.get("plain")).isNull(); // the delete is the newer write
    assertThat(node.get("won")).isEqualTo("w");
    assertThat(log.with("WARN")).isEmpty();
  }

  /** It reads no further than its own version goes, and sees this node hang up. */
  @Test
  void nodeThatStops_tellsOneOfThePreviousMinorVersion_whichMakesNothingOfIt() throws Exception {
    AtomicInteger greetings = new AtomicInteger();
    OldNode old = new OldNode();
    there.bind(
        REGION,
        frame -> {
          greetings.addAndGet(frame[1] == 1 ? 1 : 0);
          return old.handle(frame);
        });
    startNode(null);
    await().until(() -> stat("state").equals("live"));
    int before = greetings.get();
    node.replicator.announceStop(CALL_MILLIS);
    assertThat(greetings.get()).isGreaterThan(before);
    assertThat(log.with("WARN")).isEmpty();
  }

  /** A node of version 2.0, which keeps the form of a first frame, as every version does. */
  private static byte[] helloOfVersion2(String url) {
    FrameWriter out = new FrameWriter(100).u8(0x02).u8(1).i64(7).text(REGION).text(url);
    return out.u8(0x02).text("3.0.0").toBytes();
  }

  @Test
  void nodeOfAnotherMajorVersion_isRefusedInOneLineUntilAnotherReleaseIsThere() throws Exception {
    there.bind(
        REGION,
        frame -> {
          throw new OtherVersionException("this node speaks version 2.0 (ehcached 3.0.0)");
        });
    startNode(null);
    await().until(() -> !log.with("is incompatible").isEmpty());
    assertThat(stat("state")).isEqualTo("incompatible");
    assertThat(stat("last_error"))
        .isEqualTo("the peer says: this node speaks version 2.0 (ehcached 3.0.0)");

    String url = link(there).url();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> link(here).call(helloOfVersion2(url), CALL_MILLIS))
          .isInstanceOf(OtherVersionException.class)
          .hasMessage(
              "the peer says: this node speaks version 1.5 (ehcached test) of the peers'"
                  + " protocol, which the caller does not: bring both nodes to releases with the"
                  + " same first number");
    }
    assertThat(log.with("WARN"))
        .containsExactly(
            "WARN Peer "
                + url
                + " is incompatible (was connecting): the peer says: this node speaks version 2.0"
                + " (ehcached 3.0.0)");

    // As with a rolling upgrade: the node is started anew there, and calls.
    there.unbind(REGION);
    OldNode old = new OldNode();
    there.bind(REGION, old);
    assertThat(link(here).call(GOLDEN.get("hello, 1.0"), CALL_MILLIS)).isNotEmpty();
    node.set("kept", "meanwhile");
    await().until(() -> stat("state").equals("live"));
    await().until(() -> old.taken.stream().anyMatch(e -> e.key().equals(Key.of("kept"))));
  }

  @Test
  void callerOfAnotherMajorVersion_isNamedOnce() {
    startNode(null);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () -> link(here).call(helloOfVersion2("//10.0.0.9:1/items\n"), CALL_MILLIS))
          .isInstanceOf(OtherVersionException.class);
    }
    assertThat(log.with("Refused"))
        .containsExactly(
            "WARN Refused a call of peer //10.0.0.9:1/items?: it speaks version 2.0 (ehcached"
                + " 3.0.0) of the peers' protocol, and this node 1.5: bring both nodes to releases"
                + " with the same first number (logged once an hour)");
  }
}
