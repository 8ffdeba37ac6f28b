package io.ehcached.server;

import io.ehcached.admin.Counter;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Request;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Decodes what a client sends into requests, and keeps the bytes that cannot be decoded yet. */
final class InputDecoder {
  /** The most requests in a batch; enough for the memory of many items to be fetched at once. */
  private static final int BATCH = 256;

  private final Decoder decoder;
  private final Worker worker;
  private final List<Request> requests;
  private final InputBuffer input = new InputBuffer();

  /** The input has whole requests, or may have, that are not decoded. */
  private boolean behind;

  /** How many bytes the decoder has taken. */
  private long decoded;

  /** How many bytes are held until there are more of them, or until they have their turn. */
  private long held;

  private boolean discarded;

  /**
   * Makes a connection's.
   *
   * @param requests those that wait to be carried out, which decoded ones are added to
   */
  InputDecoder(Decoder decoder, Worker worker, List<Request> requests) {
    this.decoder = decoder;
    this.worker = worker;
    this.requests = requests;
  }

  /**
   * Takes what has arrived.
   *
   * @param stalled whether nothing is to be decoded now
   * @param max how many requests may wait to be carried out
   */
  void take(ByteBuf in, boolean stalled, int max) {
    if (behind || stalled || decides()) {
      input.add(in); // it was under way when reading was stopped, or depends on what waits
      behind = true;
    } else if (input.length() > 0 || !takesAll(in)) {
      int kept = input.length();
      int length = kept + in.readableBytes();
      byte[] bytes = worker.scratch(length);
      input.moveTo(bytes);
      in.readBytes(bytes, kept, length - kept);
      int before = requests.size();
      int room = room(max);
      int at = decoder.decode(bytes, 0, length, requests, room);
      decoded += at;
      behind = at < length && mayGoOn(before, room);
      input.keep(bytes, at, length);
    }
  }

  /**
   * Takes what belongs to a value in the midst of which the decoder is, with one copy only; tells
   * whether that was all.
   */
  private boolean takesAll(ByteBuf in) {
    decoded += decoder.takeValue(in::readBytes, in.readableBytes());
    return !in.isReadable();
  }

  /** Decodes what was kept, when no request waits; so many at most. */
  void decodeMore(int max) {
    int room = room(max);
    decoded += input.decode(decoder, requests, room);
    behind = input.length() > 0 && mayGoOn(0, room);
  }

  private int room(int max) {
    return Math.max(0, Math.min(max, BATCH) - requests.size());
  }

  /** Tells whether the decoder stopped before the end of all that it could read. */
  private boolean mayGoOn(int before, int room) {
    return requests.size() - before == room || decides();
  }

  /** Tells whether the last request that waits decides how to go on with what is behind it. */
  private boolean decides() {
    return !requests.isEmpty() && requests.get(requests.size() - 1).command().decidesWhatFollows();
  }

  /** Tells whether there may be whole requests that are not decoded. */
  boolean isBehind() {
    return behind;
  }

  /** Tells whether there is the beginning of a request. */
  boolean isPartial() {
    return input.length() > 0 || decoder.isMidway();
  }

  /** Tells whether what was decoded ends within a request. */
  boolean isMidway() {
    return decoder.isMidway();
  }

  /** Tells whether what was decoded ends within a value that is to be stored, or before it. */
  boolean awaitsValue() {
    return decoder.awaitsValue();
  }

  /** Returns a count that grows as requests are decoded. */
  long decoded() {
    return decoded;
  }

  /**
   * Counts what is kept as part of what half commands of all hold, and makes do with less if there
   * is need; tells whether that is possible.
   */
  boolean economize() {
    account(0);
    if (held > MemoryBudget.SMALL && worker.shared.input().isShort()) {
      if (decoder.held() > 0 && !behind) {
        worker.counters.increment(Counter.READ_BUF_OOM);
        requests.add(decoder.giveUpValue());
        account(0);
      } else {
        return input.held() <= MemoryBudget.SMALL;
      }
    }
    return true;
  }

  /**
   * Counts what is kept as part of what half commands of all hold.
   *
   * @param waiting how many bytes requests hold that wait to be carried out
   */
  void account(long waiting) {
    hold(input.held() + decoder.held() + waiting);
  }

  private void hold(long now) {
    if (now != held && !discarded) { // answers that come late have it counted once more
      worker.shared.input().add(now - held);
      held = now;
    }
  }

  /** Forgets what was kept. */
  void clear() {
    input.clear();
    behind = false;
  }

  /** Forgets all, since the client has gone. */
  void discard() {
    clear();
    hold(0);
    discarded = true;
  }
}
