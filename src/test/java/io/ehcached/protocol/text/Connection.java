package io.ehcached.protocol.text;

import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A decoder with what a server keeps for it: the bytes that it did not take, to be shown again. */
final class Connection {
  static final Limits LIMITS = new Limits(1024 * 1024);

  private final TextDecoder decoder;
  private final List<Request> requests = new ArrayList<>();
  private byte[] untaken = {};

  Connection() {
    this(LIMITS);
  }

  Connection(Limits limits) {
    decoder = new TextDecoder(limits);
  }

  /** Reads what arrives until the decoder wants more. */
  Connection receive(byte[] arrived) {
    return receive(arrived, Integer.MAX_VALUE / 2);
  }

  Connection receive(String arrived) {
    return receive(bytes(arrived));
  }

  /** Reads what arrives in batches of {@code limit} until the decoder wants more. */
  Connection receive(byte[] arrived, int limit) {
    // The input stands amid other bytes, as in a buffer that is used again.
    byte[] in = new byte[3 + untaken.length + arrived.length + 3];
    Arrays.fill(in, (byte) '\n');
    int from = 3;
    int to = in.length - 3;
    System.arraycopy(untaken, 0, in, from, untaken.length);
    System.arraycopy(arrived, 0, in, from + untaken.length, arrived.length);
    while (true) {
      int before = requests.size();
      from = decoder.decode(in, from, to, requests, limit);
      if (requests.size() - before > limit) {
        throw new AssertionError("more than " + limit + " requests in a batch");
      }
      if (requests.size() - before < limit) {
        break;
      }
    }
    untaken = Arrays.copyOfRange(in, from, to);
    Arrays.fill(in, (byte) '#'); // whoever still looks at the input now sees that it has gone
    return this;
  }

  int untaken() {
    return untaken.length;
  }

  List<Request> requests() {
    return requests;
  }

  List<String> described() {
    return requests.stream().map(Connection::describe).toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns all that a request says, what has its default left out. */
  static String describe(Request request) {
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
    meta(request, text);
    if (request.quiet()) {
      text.append(" quiet");
    }
    if (request.form() == TextEncoder.LAST_KEY) {
      text.append(" last");
    }
    return text.toString();
  }

  private static void meta(Request request, StringBuilder text) {
    if (request.fields() != 0) {
      text.append(" fields=");
      for (long rest = request.fields(); rest != 0; rest >>>= Byte.SIZE) {
        text.append((char) (rest & 0xFF));
      }
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
