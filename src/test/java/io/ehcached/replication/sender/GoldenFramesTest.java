package io.ehcached.replication.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.item.Marks;
import io.ehcached.item.Stamp;
import io.ehcached.item.StampClock;
import io.ehcached.replication.membership.CatchUp;
import io.ehcached.replication.membership.ClientAddresses;
import io.ehcached.replication.membership.Peers;
import io.ehcached.replication.membership.UnlistedPeers;
import io.ehcached.replication.receiver.Receiver;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.settings.LiveSettings;
import io.ehcached.replication.settings.ReplicationSettings;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.PeerLink;
import io.ehcached.replication.wire.Chunk;
import io.ehcached.replication.wire.EntriesFrame;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.FrameWriter;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.Identity;
import io.ehcached.replication.wire.Members;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.RefusedException;
import io.ehcached.replication.wire.Serving;
import io.ehcached.replication.wire.StampComparison;
import io.ehcached.replication.wire.StampQuery;
import io.ehcached.replication.wire.Sums;
import io.ehcached.replication.wire.WireVersion;
import io.ehcached.store.Digests;
import io.ehcached.store.Held;
import io.ehcached.store.History;
import io.ehcached.store.Ledger;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import io.ehcached.support.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every frame and every answer, byte for byte as {@code golden/frames.txt} has them, in each
 * version that is spoken: what one release writes, the next one reads. Who changes a form on
 * purpose reads decision 18 first.
 */
class GoldenFramesTest {
  private static final Golden GOLDEN = Golden.of("frames.txt");
  private static final long NOW = 1_790_000_000_000L;
  private static final int FRAME_BYTES = 1 << 20;
  private static final Environment HERE = new DirectEnvironment(NOW);

  private static final Identity CALLER =
      new Identity("items", "//10.0.0.2:40001/items", 0x1112131415161718L, "0.2.0");
  private static final Identity CALLED =
      new Identity("items", "//10.0.0.1:40001/items", 0x0102030405060708L, "0.1.0");

  /** As the peer that is called describes itself. */
  private static final Hello HELLO =
      new Hello(
          CALLED.incarnation(),
          NOW,
          false,
          false,
          false,
          0,
          -1,
          new Serving("cache1", "10.0.0.1", 11211, NOW / 1000),
          null);

  private static final NodeDescription DESCRIBED =
      new NodeDescription(Map.of("timeToLiveSeconds", "0"));

  private static final Members MEMBERS = new Members(true, List.of("//10.0.0.3:40001/items"));

  private CacheManager manager;
  private Receiver receiver;
  private final List<byte[]> asked = new ArrayList<>();
  private byte[] answer;

  private final PeerLink link =
      new PeerLink() {
        @Override
        public String url() {
          return CALLED.url();
        }

        @Override
        public byte[] call(byte[] frame, long timeoutMillis) {
          asked.add(frame);
          return answer;
        }
      };

  @BeforeEach
  void start() {
    manager = new CacheManager(new Configuration().name("golden"));
    CacheConfiguration region = new CacheConfiguration("items", 1000).eternal(true);
    region.setMemoryStoreEvictionPolicy("CLOCK");
    Cache cache = new Cache(region);
    manager.addCache(cache);
    LocalReplica local = replica(CALLED, new Store(cache, clock(), () -> NOW));
    local.describe(() -> DESCRIBED);
    local.introduce(url -> MEMBERS, members -> {});
    Peers peers = new Peers(local);
    ClientAddresses clients = new ClientAddresses(peers, () -> NOW);
    clients.advertise(HELLO.serving());
    receiver =
        new Receiver(
            local, peers, new UnlistedPeers(peers, local), new CatchUp(peers, local), clients);
  }

  private static LocalReplica replica(Identity self, Store store) {
    LiveSettings settings = new LiveSettings(ReplicationSettings.defaults());
    store.keep(
        new Ledger(HERE::nanos, history(), 100, 600_000, Digests.SLICES, (key, stamp, kind) -> {}));
    return new LocalReplica(self, settings, store, HERE);
  }

  @AfterEach
  void stop() {
    manager.shutdown();
  }

  private static long stamp(int number) {
    return ((NOW - 100L * number) << 20) + number;
  }

  /** One of each kind there is. */
  private static List<Entry> entries() {
    return List.of(
        entry("plain", "value", 0, Expiry.REGION, 1, NOW - 1000),
        entry("flagged", "", -1, NOW + 60_000, 2, NOW),
        entry("k".repeat(Key.MAX_LENGTH), "never expires", 7, Long.MAX_VALUE, 3, NOW),
        marked(entry("won", "w", 0, Expiry.REGION, 4, NOW - 1), Marks.STALE | Marks.WON, 0),
        marked(entry("own cas", "c", 300, NOW + 1, 5, NOW), Marks.OWN_CAS, -1),
        Entry.removal(Key.of("gone"), stamp(6)),
        flush());
  }

  private static Entry entry(
      String key, String value, int flags, long expiry, int number, long written) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return Entry.of(StoredItem.written(Key.of(key), bytes, flags, expiry, stamp(number), written));
  }

  private static Entry marked(Entry entry, int marks, long cas) {
    return Entry.of(entry.item().writtenWith(marks, cas));
  }

  /** What {@code flush_all} leaves: older items are dead, and more will be in a minute. */
  private static Entry flush() {
    byte[] mark =
        ByteBuffer.allocate(24).putLong(stamp(100)).putLong(NOW + 60_000).putLong(stamp(7)).array();
    return Entry.of(StoredItem.written(Key.of(""), mark, 0, Long.MAX_VALUE, stamp(7), NOW));
  }

  private static List<Key> keys() {
    return entries().stream().map(Entry::key).toList();
  }

  private static StampQuery checklist() {
    StampQuery list = new StampQuery();
    list.add(new Held(Key.of("plain"), stamp(1), false)); // the same
    list.add(new Held(Key.of("won"), stamp(1), false)); // older there
    list.add(new Held(Key.of("own cas"), stamp(9), true)); // newer there
    list.add(new Held(Key.of("unknown"), stamp(1), false));
    return list;
  }

  /** Returns a clock whose next stamp is the first of all in {@link #NOW}, as the bytes have it. */
  private static StampClock clock() {
    StampClock clock = new StampClock(() -> 0, 1);
    clock.observe(Stamp.atMillis(NOW) - 1);
    return clock;
  }

  private static History history() {
    return new History(clock(), 0x2122232425262728L);
  }

  private final PeerCalls.Met met = new PeerCalls.Met();

  private PeerCalls calls(String version) {
    PeerCalls calls =
        new PeerCalls(
            link,
            caller(),
            HERE.executor("calls"),
            1000,
            met,
            e -> {
              throw new AssertionError(e);
            });
    calls(calls, "hello, " + version);
    Hello hello = answer(calls::hello);
    assertThat(hello).isEqualTo(tellsHistories(version) ? HELLO.with(history().view()) : HELLO);
    return calls;
  }

  private static LocalReplica caller() {
    LocalReplica caller = replica(CALLER, Store.withoutRegion(1000, clock(), () -> NOW));
    Map<String, String> values = new LinkedHashMap<>();
    values.put("timeToLiveSeconds", "60");
    values.put("bound", "100mb");
    caller.describe(() -> new NodeDescription(values));
    caller.introduce(url -> MEMBERS, members -> {});
    return caller;
  }

  /** Makes a call, and returns what it answers, which here is known at once. */
  private static <T> T answer(Consumer<PeerCalls.Reply<T>> call) {
    AtomicReference<T> answer = new AtomicReference<>();
    call.accept(answer::set);
    return answer.get();
  }

  /** Has the next call answered as the file says. */
  private PeerCalls calls(PeerCalls calls, String what) {
    answer = GOLDEN.get(what + ", answer");
    return calls;
  }

  /** Returns a section whose frame is in a version; the file's are in 1.0. */
  private static byte[] frame(String section, String version) {
    byte[] frame = GOLDEN.get(section);
    frame[0] = (byte) ((version.charAt(2) - '0') << 4 | 1);
    return frame;
  }

  private static boolean tellsHistories(String version) {
    return version.compareTo("1.2") >= 0;
  }

  private void assertAsked(String section, String version) {
    assertSame(asked.get(asked.size() - 1), frame(section, version));
  }

  /** Compares as text, which shows what differs. */
  private static void assertSame(byte[] actual, byte[] expected) {
    assertThat(HexFormat.ofDelimiter(" ").formatHex(actual))
        .isEqualTo(HexFormat.ofDelimiter(" ").formatHex(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"})
  void calls_areWrittenAndTheirAnswersRead(String version) throws Exception {
    PeerCalls calls = calls(version);
    assertThat(met.members()).isEqualTo(version.equals("1.5") ? MEMBERS : Members.UNTOLD);
    assertSame(asked.get(0), GOLDEN.get("hello, 1.5")); // nobody knows yet what the other speaks
    assertThat(met.speaker().version()).hasToString(version);
    assertThat(met.speaker().release()).isEqualTo(version.equals("1.0") ? "" : "0.1.0");
    assertThat(calls.speaksOfHistories()).isEqualTo(tellsHistories(version));
    assertThat(met.description())
        .isEqualTo(version.compareTo("1.4") >= 0 ? DESCRIBED : NodeDescription.NONE);

    EntriesFrame frame = calls(calls, "entries").entries(9, 100, FRAME_BYTES);
    entries().forEach(entry -> assertThat(frame.add(entry)).isTrue());
    assertThat(GoldenFramesTest.<Long>answer(reply -> calls.send(frame, reply))).isZero();
    assertAsked("entries", version);

    Sums.Slice slice = new Sums.Slice(NOW >> 10, 1, 1);
    calls(calls, "slices");
    Sums.Answer sums = answer(reply -> calls.slices(10_000, List.of(slice), reply));
    assertAsked("slices", version);
    assertThat(sums.hello()).isEqualTo(HELLO);
    assertThat(sums.slices()).hasSize(2);

    calls(calls, "buckets");
    long[] buckets = answer(calls::buckets);
    assertAsked("buckets", version);
    assertThat(Arrays.stream(buckets).filter(sum -> sum != 0)).hasSize(7);

    calls(calls, "check");
    assertThat(
            GoldenFramesTest.<StampComparison[]>answer(
                reply -> calls.check(0x1122334455667788L, checklist(), reply)))
        .containsExactly(
            StampComparison.SAME,
            StampComparison.OLDER,
            StampComparison.NEWER,
            StampComparison.MISSING);
    assertAsked(version.equals("1.5") ? "check, 1.5" : "check", version);

    calls(calls, "fetch");
    List<Entry> fetched = answer(reply -> calls.fetch(keys(), reply));
    assertThat(text(fetched)).isEqualTo(text(entries()));
    assertAsked("fetch", version);

    calls(calls, "chunk");
    Chunk chunk = answer(reply -> calls.chunk(new Chunk.Place(0, 0, 0), 1024, 5_000_000, reply));
    assertAsked("chunk", version);
    assertThat(chunk.next().bucket()).isEqualTo(1024);
    assertThat(chunk.total()).isEqualTo(7);
    assertThat(text(chunk.entries())).containsExactlyInAnyOrderElementsOf(text(entries()));
  }

  @Test
  void check_forAnotherProcess_isNotAnswered() {
    assertThatThrownBy(() -> receiver.handle(GOLDEN.get("check, 1.5")))
        .isInstanceOf(IOException.class)
        .hasMessage("the node was started anew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"})
  void calls_areReadAndAnswered(String version) throws Exception {
    byte[] hello = receiver.handle(GOLDEN.get("hello, " + version));
    assertSame(hello, GOLDEN.get("hello, 1.5, answer"));
    // One of 1.0 reads no further than it knows.
    assertThat(hello).startsWith(GOLDEN.get("hello, 1.0, answer"));
    for (String call : List.of("entries", "slices", "buckets", "check", "fetch")) {
      byte[] answer = GOLDEN.get(call + ", answer");
      assertThat(receiver.handle(frame(call, version))).startsWith(answer);
      if (!(call.equals("slices") && tellsHistories(version))) {
        assertSame(receiver.handle(frame(call, version)), answer);
      }
    }
    byte[] chunk = receiver.handle(frame("chunk", version));
    System.arraycopy(GOLDEN.get("chunk, answer"), 1, chunk, 1, Long.BYTES); // drawn at random
    assertSame(chunk, GOLDEN.get("chunk, answer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"})
  void ownCall_isKnownForOne(String version) throws Exception {
    byte[] hello = GOLDEN.get("hello, " + version);
    ByteBuffer.wrap(hello).putLong(2, CALLED.incarnation());
    assertSame(receiver.handle(hello), GOLDEN.get("itself, answer"));
  }

  @Test
  void refusal_isWrittenAndRead() {
    FrameWriter out = new FrameWriter(16);
    new RefusedException("not listed", /* removed= */ true).write(out);
    assertSame(out.toBytes(), GOLDEN.get("refused, answer"));

    answer = GOLDEN.get("refused, answer");
    AtomicReference<Exception> failure = new AtomicReference<>();
    new PeerCalls(link, caller(), HERE.executor("calls"), 1000, met, failure::set)
        .hello(hello -> {});
    assertThat(failure.get()).isInstanceOf(RefusedException.class).hasMessage("not listed");
    assertThat(((RefusedException) failure.get()).isRemoved()).isTrue();
  }

  private static List<String> text(List<Entry> entries) {
    return entries.stream()
        .sorted(Comparator.comparing(Entry::key))
        .map(GoldenFramesTest::text)
        .toList();
  }

  private static String text(Entry entry) {
    StoredItem item = entry.item();
    String start = entry.key() + " " + entry.stamp();
    return item == null
        ? start
        : String.join(
            " ",
            start,
            HexFormat.of().formatHex(item.value()),
            Integer.toString(item.flags()),
            Long.toString(item.expiry()),
            Long.toString(item.written()),
            Integer.toString(item.marks()),
            Long.toString(item.cas()));
  }

  /** The newest version, so that whoever adds one comes by here. */
  @Test
  void versionsThatAreSpoken_areThoseOfTheFile() {
    assertThat(WireVersion.OLDEST).hasToString("1.0");
    assertThat(WireVersion.NEWEST).hasToString("1.5");
  }
}
