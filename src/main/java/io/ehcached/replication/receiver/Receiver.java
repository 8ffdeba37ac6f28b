package io.ehcached.replication.receiver;

import io.ehcached.item.Key;
import io.ehcached.replication.membership.CatchUp;
import io.ehcached.replication.membership.ClientAddresses;
import io.ehcached.replication.membership.Peers;
import io.ehcached.replication.membership.UnlistedPeers;
import io.ehcached.replication.replica.LocalReplica;
import io.ehcached.replication.sender.PeerCalls;
import io.ehcached.replication.spi.Environment;
import io.ehcached.replication.spi.FrameHandler;
import io.ehcached.replication.status.PeerCounts;
import io.ehcached.replication.wire.Chunk;
import io.ehcached.replication.wire.Entry;
import io.ehcached.replication.wire.EntryCodec;
import io.ehcached.replication.wire.FrameHeader;
import io.ehcached.replication.wire.FrameReader;
import io.ehcached.replication.wire.FrameType;
import io.ehcached.replication.wire.FrameWriter;
import io.ehcached.replication.wire.Hello;
import io.ehcached.replication.wire.HistoryCodec;
import io.ehcached.replication.wire.Identity;
import io.ehcached.replication.wire.Members;
import io.ehcached.replication.wire.NodeDescription;
import io.ehcached.replication.wire.OtherVersionException;
import io.ehcached.replication.wire.PeerVersion;
import io.ehcached.replication.wire.RefusedException;
import io.ehcached.replication.wire.StampQuery;
import io.ehcached.replication.wire.Sums;
import io.ehcached.replication.wire.WireVersion;
import io.ehcached.store.Digests;
import io.ehcached.store.Held;
import io.ehcached.store.HistoryView;
import io.ehcached.store.HistoryView.Claim;
import io.ehcached.store.Ledger;
import io.ehcached.store.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what peers ask; {@link PeerCalls} is the other end. Safe for use by many threads. */
public final class Receiver implements FrameHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
  private static final int FETCH_BYTES = 1 << 20;
  private static final int MAX_CHUNK_BYTES = 8 << 20;
  private static final int KEY_LEAST = 1;
  private static final long MAX_SINCE_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final Identity self;
  private final Store store;
  private final LocalReplica local;
  private final Peers peers;
  private final UnlistedPeers unlisted;
  private final CatchUp catchUp;
  private final ClientAddresses clients;
  private final Chunks chunks;
  private final Environment environment;

  /** Makes the receiver of a region. */
  public Receiver(
      LocalReplica local,
      Peers peers,
      UnlistedPeers unlisted,
      CatchUp catchUp,
      ClientAddresses clients) {
    this.self = local.self();
    this.store = local.store();
    this.local = local;
    this.peers = peers;
    this.unlisted = unlisted;
    this.catchUp = catchUp;
    this.clients = clients;
    this.chunks = new Chunks(local);
    this.environment = local.environment();
  }

  @Override
  public byte[] handle(byte[] frame) throws IOException {
    FrameReader in = new FrameReader(frame);
    FrameHeader header = header(in);
    FrameWriter out = new FrameWriter(64);
    if (header.incarnation() == self.incarnation()) {
      return out.u8(FrameHeader.IS_SELF).toBytes();
    }
    if (!header.region().equals(self.region())) {
      throw new IOException(
          "a frame for region " + header.region() + " came to region " + self.region());
    }
    boolean greeting = header.type() == FrameType.HELLO;
    if (!greeting) {
      unlisted.called(header);
    }
    PeerCounts counts = peers.heard(header.incarnation(), greeting);
    out.u8(FrameHeader.OK);
    switch (header.type()) {
      case HELLO -> {
        PeerVersion speaker = in.left() == 0 ? PeerVersion.OLDEST : PeerVersion.read(in);
        HistoryView history = in.left() == 0 ? null : HistoryCodec.read(in);
        NodeDescription description = NodeDescription.read(in);
        Members members = Members.read(in);
        try {
          unlisted.greeted(header, members, description);
        } catch (RefusedException e) {
          if (speaker.version().compareTo(WireVersion.MEMBERS) < 0) {
            throw e; // its text travels back
          }
          FrameWriter refusal = new FrameWriter(64);
          e.write(refusal);
          return refusal.toBytes();
        }
        local.meet(history);
        if (!description.equals(NodeDescription.NONE)) {
          peers.described(header.incarnation(), description);
        }
        Hello hello = hello(header.incarnation());
        hello.write(out);
        hello.serving().write(out);
        self.speaker().write(out);
        HistoryCodec.write(out, hello.history());
        local.description().write(out);
        local.membersFor(header.url()).write(out);
      }
      case ENTRIES -> out.varint(takeIn(header.incarnation(), in, counts));
      case SLICES -> slices(header, in, out);
      case BUCKETS -> Sums.writeBuckets(out, store.ledger().digests().buckets());
      case CHECK -> check(in, out);
      case FETCH -> fetch(header, in, out);
      case CHUNK -> chunk(header, in, out);
      case AGREED -> {
        if (in.i64() == self.incarnation()) {
          peers.agreed(header.incarnation(), HistoryCodec.read(in));
        }
      }
    }
    return out.toBytes();
  }

  private FrameHeader header(FrameReader in) throws IOException {
    try {
      return FrameHeader.read(in);
    } catch (OtherVersionException e) {
      peers.refused(e);
      throw new OtherVersionException(
          "this node speaks version "
              + self.speaker()
              + " of the peers' protocol, which the caller does not: bring both nodes to releases"
              + " with the same first number");
    }
  }

  private Hello hello(long incarnation) {
    long forgotten = store.ledger().tombstones().forgotten();
    return new Hello(
        self.incarnation(),
        environment.wallMillis(),
        local.isBootstrapping(),
        catchUp.isUnderWay(),
        peers.isLinked(incarnation),
        peers.pending(incarnation),
        forgotten == 0 ? -1 : Math.max(0, environment.ticks() - forgotten),
        clients.self(),
        store.ledger().history().view());
  }

  /** Takes entries in; returns how many were stamped too far ahead. */
  private long takeIn(long incarnation, FrameReader in, PeerCounts counts) throws IOException {
    long base = in.i64();
    long forgotten = peers.forgotten(incarnation);
    long refused = 0;
    long renewed = 0;
    while (in.left() > 0) {
      if (in.peek() == EntryCodec.CLAIM) {
        in.u8();
        boolean meant = in.i64() == self.incarnation();
        Claim claim = HistoryCodec.readClaim(in);
        if (meant && refused == 0) {
          peers.claimed(incarnation, claim);
        }
      } else {
        switch (local.take(EntryCodec.read(in, base), counts, forgotten)) {
          case TOO_FAR_AHEAD -> refused++;
          case RENEWED -> renewed++;
          case DEALT_WITH -> {}
        }
      }
    }
    if (renewed > 0) {
      LOG.info(
          "Kept {} items that a peer sent late, although this node no longer remembers everything"
              + " that was removed meanwhile",
          renewed);
    }
    return refused;
  }

  private void slices(FrameHeader header, FrameReader in, FrameWriter out) throws IOException {
    Ledger ledger = store.ledger();
    long now = environment.nanos();
    long since = now - TimeUnit.MILLISECONDS.toNanos(Math.min(in.varint(), MAX_SINCE_MILLIS));
    Map<Long, Sums.Slice> slices = new LinkedHashMap<>();
    Hello hello = hello(header.incarnation());
    if (header.version().compareTo(WireVersion.HISTORIES) < 0) {
      hello = hello.with((HistoryView) null);
    }
    for (long number : Sums.readNumbers(in)) {
      slices.put(number, new Sums.Slice(number, ledger.digests().sum(number), -1));
    }
    for (Digests.Slice slice : ledger.digests().addedSince(since)) {
      slices.put(
          slice.number(),
          new Sums.Slice(
              slice.number(), slice.sum(), TimeUnit.NANOSECONDS.toMillis(now - slice.added())));
    }
    Sums.writeAnswer(out, new Sums.Answer(hello, new ArrayList<>(slices.values())));
  }

  private void check(FrameReader in, FrameWriter out) throws IOException {
    List<Held> lines = StampQuery.read(in).lines();
    if (in.left() > 0 && in.i64() != self.incarnation()) {
      throw new IOException("the node was started anew");
    }
    out.varint(lines.size());
    for (Held line : lines) {
      out.u8(local.compare(line).code());
    }
  }

  private void fetch(FrameHeader header, FrameReader in, FrameWriter out) throws IOException {
    List<Entry> entries = new ArrayList<>();
    int looked = 0;
    long bytes = 0;
    for (int i = in.count(KEY_LEAST); i > 0 && bytes < FETCH_BYTES; i--) {
      byte[] key = in.bytes();
      Entry entry = local.current(Key.of(key, 0, key.length));
      looked++;
      if (entry != null) {
        bytes += EntryCodec.size(entry);
        entries.add(entry);
      }
    }
    writeEntries(header, entries, out.varint(looked));
  }

  private void writeEntries(FrameHeader header, List<Entry> entries, FrameWriter out) {
    boolean old = header.version().compareTo(WireVersion.HISTORIES) < 0;
    long now = environment.wallMillis();
    out.i64(now);
    for (Entry entry : entries) {
      EntryCodec.write(out, old ? entry.withoutFirst() : entry, now);
    }
  }

  private void chunk(FrameHeader header, FrameReader in, FrameWriter out) throws IOException {
    Chunk.Place from = Chunk.Place.read(in);
    int end = in.number();
    Chunk chunk = chunks.from(from, end, Math.min(MAX_CHUNK_BYTES, in.number()));
    chunk.next().write(out);
    writeEntries(header, chunk.entries(), out.varint(chunk.total()));
  }
}
