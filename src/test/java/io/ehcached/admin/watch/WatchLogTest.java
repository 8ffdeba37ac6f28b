package io.ehcached.admin.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ehcached.item.Key;
import io.ehcached.protocol.Stream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchLogTest {
  private static final int KB = 1024;

  private final WatchLog log = WatchLog.withDefaults();
  private final LogBuffer buffer = log.newBuffer();

  /** Reads a log as a client does that has room for all. */
  private static final class Reader {
    final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Stream stream;

    Reader(Stream stream) {
      this.stream = stream;
      stream.next(this::take);
    }

    private void take(Stream.Part part) {
      for (Stream.Line line : part.lines()) {
        lines.add(((Stream.LogLine) line).text());
      }
      stream.next(this::take);
    }

    String line() throws InterruptedException {
      return lines.poll(30, TimeUnit.SECONDS);
    }
  }

  private static LogEntry deleted(String key) {
    return new LogEntry.Deleted(Key.of(key), "delete", 3);
  }

  private static LogEntry fetched(String key) {
    return new LogEntry.Fetched(Key.of(key), "found", 7, 3);
  }

  @Test
  void nobodyWatches_untilSomebodyDoes() {
    assertThat(log.isWatched()).isFalse();

    Stream watcher = log.watch(EnumSet.of(LogKind.DELETIONS));

    assertThat(log.isWatched()).isTrue();
    assertThat(buffer.isWatched(LogKind.DELETIONS)).isTrue();
    assertThat(buffer.isWatched(LogKind.FETCHERS)).isFalse();
    watcher.close();
    watcher.close();
    assertThat(log.isWatched()).isFalse();
    assertThat(log.counts().watchers()).isZero();
  }

  @Test
  void lines_haveMemcachedsFields() throws InterruptedException {
    Reader reader = new Reader(log.watch(EnumSet.allOf(LogKind.class)));
    String moment = "ts=[0-9]{10}\\.[0-9]{6} gid=";

    buffer.add(new LogEntry.Fetched(Key.of("a b"), "found", 7, 3));
    buffer.add(new LogEntry.Fetched(Key.of("x:y"), "not_found", 7, 0));
    buffer.add(new LogEntry.Stored(Key.of("k"), "stored", "cas", 100, 8, 4));
    buffer.add(new LogEntry.Stored(Key.of("k"), "too_large", "set", 0, 8, 0));
    buffer.add(new LogEntry.Deleted(Key.of("k"), "md", 5));
    buffer.add(new LogEntry.Evicted(Key.of("k"), true, -1, 9, 6));
    buffer.add(new LogEntry.Connected("10.0.0.1", 5000, "tcp", 9));
    buffer.add(new LogEntry.Disconnected("unix", 0, "local", "normal", 9));

    assertThat(reader.line())
        .matches(moment + "1 type=item_get key=a%20b status=found clsid=1 cfd=7 size=3");
    assertThat(reader.line())
        .matches(moment + "2 type=item_get key=x%3Ay status=not_found clsid=0 cfd=7 size=0");
    assertThat(reader.line())
        .matches(
            moment + "3 type=item_store key=k status=stored cmd=cas ttl=100 clsid=1 cfd=8 size=4");
    assertThat(reader.line())
        .matches(
            moment + "4 type=item_store key=k status=too_large cmd=set ttl=0 clsid=0 cfd=8 size=0");
    assertThat(reader.line()).matches(moment + "5 type=deleted key=k cmd=md clsid=1 size=5");
    assertThat(reader.line())
        .matches(moment + "6 type=eviction key=k fetch=yes ttl=-1 la=9 clsid=1 size=6");
    assertThat(reader.line())
        .matches(moment + "7 type=conn_new rip=10.0.0.1 rport=5000 transport=tcp cfd=9");
    assertThat(reader.line())
        .matches(moment + "8 type=conn_close rip=unix rport=0 transport=local reason=normal cfd=9");
  }

  @Test
  void watcher_isSentWhatItAskedFor_fromThenOn() throws InterruptedException {
    Reader all = new Reader(log.watch(EnumSet.of(LogKind.DELETIONS, LogKind.FETCHERS)));
    buffer.add(deleted("early"));
    assertThat(all.line()).contains("key=early");
    Reader deletions = new Reader(log.watch(EnumSet.of(LogKind.DELETIONS)));

    buffer.add(fetched("f"));
    buffer.add(deleted("d"));

    assertThat(deletions.line()).contains("key=d ");
    assertThat(all.line()).contains("key=f ");
    assertThat(all.line()).contains("key=d ");
    assertThat(log.counts().watcherSent()).isEqualTo(4);
    assertThat(log.counts().workerWritten()).isEqualTo(3);
    log.reset();
    assertThat(log.counts()).isEqualTo(new WatchLog.Counts(0, 0, 0, 0, 2));
  }

  @Test
  void slowWatcher_missesLines_andIsToldHowMany() throws InterruptedException {
    WatchLog small = new WatchLog(KB, 64 * KB);
    LogBuffer worker = small.newBuffer();
    Stream slow = small.watch(EnumSet.of(LogKind.DELETIONS));
    Reader quick = new Reader(small.watch(EnumSet.of(LogKind.DELETIONS)));
    for (int i = 0; i < 100; i++) {
      worker.add(deleted("key" + i));
      assertThat(quick.line()).contains("key=key" + i + " "); // one by one, so that it loses none
    }

    long skipped = small.counts().watcherSkipped();
    assertThat(skipped).isBetween(80L, 95L);

    Reader late = new Reader(slow);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 100 - skipped; i++) {
      lines.add(late.line());
    }
    assertThat(lines.stream().mapToInt(String::length).sum()).isLessThan(KB);
    worker.add(deleted("last"));
    assertThat(late.line()).isEqualTo("skipped=" + skipped);
    assertThat(late.line()).contains("key=last ");
  }

  @Test
  void entriesForWhichThereIsNoRoom_areDroppedAndCounted() {
    WatchLog small = new WatchLog(64 * KB, KB);
    LogBuffer worker = small.newBuffer();

    for (int i = 0; i < 100; i++) { // and nobody watches who would take them
      worker.add(deleted("key" + i));
    }

    WatchLog.Counts counts = small.counts();
    assertThat(counts.workerDropped() + counts.workerWritten()).isEqualTo(100);
    assertThat(counts.workerDropped()).isGreaterThan(80);
  }

  @Test
  void noMoreThanTwentyWatch() {
    List<Stream> watchers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      watchers.add(log.watch(EnumSet.of(LogKind.FETCHERS)));
    }

    assertThat(watchers).doesNotContainNull();
    assertThat(log.watch(EnumSet.of(LogKind.FETCHERS))).isNull();
    watchers.get(3).close();
    assertThat(log.watch(EnumSet.of(LogKind.FETCHERS))).isNotNull();
  }

  @Test
  void thread_livesWhileSomebodyWatches() {
    assertThat(log.isRunning()).isFalse();
    for (int i = 0; i < 2; i++) {
      Stream watcher = log.watch(EnumSet.of(LogKind.FETCHERS));
      assertThat(log.isRunning()).isTrue();
      watcher.close();
      await().until(() -> !log.isRunning());
    }
  }
}
