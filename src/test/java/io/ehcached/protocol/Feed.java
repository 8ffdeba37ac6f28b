package io.ehcached.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/** A decoder with what a server keeps for it: the bytes that it did not take, to be shown again. */
public final class Feed {
  private static final int MARGIN = 3;

  private final Decoder decoder;
  private final List<Request> requests = new ArrayList<>();
  private byte[] untaken = {};

  /** Feeds a decoder. */
  public Feed(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Reads what arrives in batches of {@code limit} until the decoder wants more. */
  public void receive(byte[] arrived, int limit) {
    // The input stands amid other bytes, as in a buffer that is used again.
    byte[] in = new byte[MARGIN + untaken.length + arrived.length + MARGIN];
    Arrays.fill(in, (byte) '\n');
    int from = MARGIN;
    int to = in.length - MARGIN;
    System.arraycopy(untaken, 0, in, from, untaken.length);
    System.arraycopy(arrived, 0, in, from + untaken.length, arrived.length);
    while (true) {
      int before = requests.size();
      from = decoder.decode(in, from, to, requests, limit);
      if (requests.size() - before > limit) {
        throw new AssertionError("more than " + limit + " requests in a batch");
      }
      int added = requests.size() - before;
      if (added < limit && !(added > 0 && endsBatch(requests))) {
        break;
      }
    }
    untaken = Arrays.copyOfRange(in, from, to);
    Arrays.fill(in, (byte) '#'); // whoever still looks at the input now sees that it has gone
  }

  /** Tells whether the last of these is one behind which a decoder reads on at the next call. */
  public static boolean endsBatch(List<Request> batch) {
    return !batch.isEmpty() && batch.get(batch.size() - 1).command() == Command.WATCH;
  }

  /** Returns how many bytes the decoder left. */
  public int untaken() {
    return untaken.length;
  }

  /** Returns the requests so far. */
  public List<Request> requests() {
    return requests;
  }

  /** Returns the bytes of a text that has one for each character. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns all that a request says but its form, what has its default left out.
   *
   * @param note writes the codec's own note of what to answer with
   */
  public static String describe(Request request, LongFunction<String> note) {
    StringBuilder text = new StringBuilder(request.command().name());
    if (request.key() != null) {
      text.append(' ').append(latin1(request.key().bytes()));
    }
    if (request.value() != null) {
      text.append(" value=").append(latin1(request.value()));
    }
    if (request.flags() != 0) {
      text.append(" flags=").append(Integer.toUnsignedString(request.flags()));
    }
    if (request.exptime() != 0) {
      text.append(" exptime=").append(request.exptime());
    }
    if (request.comparesCas()) {
      text.append(" cas=").append(Long.toUnsignedString(request.compareCas()));
    }
    if (request.delta() != 0) {
      text.append(" delta=").append(Long.toUnsignedString(request.delta()));
    }
    if (request.error() != null) {
      text.append(' ').append(request.error());
    }
    if (!request.arguments().isEmpty()) {
      text.append(' ').append(request.arguments());
    }
    if (request.wantsCas()) {
      text.append(" wantsCas");
    }
    rare(request, text, note);
    if (request.quiet()) {
      text.append(" quiet");
    }
    return text.toString();
  }

  private static void rare(Request request, StringBuilder text, LongFunction<String> note) {
    if (request.fields() != 0) {
      text.append(note.apply(request.fields()));
    }
    if (request.opaque() != null) {
      text.append(" opaque=").append(latin1(request.opaque()));
    }
    if (request.initial() != 0) {
      text.append(" initial=").append(Long.toUnsignedString(request.initial()));
    }
    if (request.recache() != 0) {
      text.append(" recache=").append(request.recache());
    }
    for (Option option : Option.values()) {
      if (request.has(option)) {
        text.append(' ').append(option);
        switch (option) {
          case VIVIFY -> text.append('=').append(request.vivifyExptime());
          case CHOOSE_CAS -> text.append('=').append(Long.toUnsignedString(request.chosenCas()));
          default -> {}
        }
      }
    }
    if (request.errorText() != null) {
      text.append(" \"").append(request.errorText()).append('"');
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
