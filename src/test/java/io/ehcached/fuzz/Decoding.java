package io.ehcached.fuzz;

import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Feed;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What holds for a decoder whatever it reads. */
final class Decoding {
  /** What a value announced may be as large as, unless nothing of it arrives. */
  private static final Limits LIMITS = new Limits(1024 * 1024);

  private static final long FIXED = 64 * 1024;
  private static final long EACH = 400;
  private static final int BATCH = 64;
  private static final int MAX_PIECE = 64;

  private Decoding() {}

  /**
   * Reads an input whole and in pieces, which must come to the same, and holds its costs to its
   * length.
   *
   * @param maxUntaken how many bytes a decoder may leave for the next time
   */
  static void check(Function<Limits, Decoder> decoders, byte[] input, int maxUntaken) {
    Allocation.check(input, FIXED, EACH, () -> read(decoders.apply(LIMITS), input));

    Feed whole = new Feed(decoders.apply(LIMITS));
    whole.receive(input, Integer.MAX_VALUE / 2);
    Feed split = new Feed(decoders.apply(LIMITS));
    int piece = input.length == 0 ? 1 : 1 + (input[input.length - 1] & 0xFF) % MAX_PIECE;
    for (int at = 0; at < input.length; at += piece) {
      split.receive(Arrays.copyOfRange(input, at, Math.min(input.length, at + piece)), BATCH);
    }
    if (!described(whole).equals(described(split)) || whole.untaken() != split.untaken()) {
      throw new AssertionError(
          described(whole) + " in one, and " + described(split) + " in pieces of " + piece);
    }
    if (whole.untaken() > maxUntaken) {
      throw new AssertionError(whole.untaken() + " bytes are left to be read again");
    }
  }

  private static void read(Decoder decoder, byte[] input) {
    List<Request> requests = new ArrayList<>();
    int at = 0;
    do {
      requests.clear();
      at = decoder.decode(input, at, input.length, requests, BATCH);
    } while (requests.size() == BATCH || Feed.endsBatch(requests));
  }

  private static List<String> described(Feed feed) {
    return feed.requests().stream()
        .map(request -> request.form() + " " + Feed.describe(request, fields -> " " + fields))
        .toList();
  }
}
