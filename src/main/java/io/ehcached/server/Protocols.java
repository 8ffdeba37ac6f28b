package io.ehcached.server;

import io.ehcached.protocol.Access;
import io.ehcached.protocol.Decoder;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.binary.BinaryDecoder;
import io.ehcached.protocol.text.LoginDecoder;
import io.ehcached.protocol.text.TextDecoder;
import io.netty.util.AttributeKey;
import java.util.List;

/** Which protocols clients may speak ({@code -B}, {@code proto[NAME]:} of {@code -l}). */
public enum Protocols {
  /** Each client the one that its first byte shows. */
  ANY,
  /** All the text protocol. */
  TEXT,
  /** All the binary protocol. */
  BINARY;

  /** What is spoken at the socket by which a channel came. */
  static final AttributeKey<Protocols> KEY = AttributeKey.valueOf(Protocols.class, "SPOKEN");

  /** Returns the decoder of one connection. */
  Decoder newDecoder(Limits limits, Access access) {
    return switch (this) {
      case ANY -> new Chooser(limits, access);
      case TEXT -> access.isRequired() ? new LoginDecoder(limits, access) : new TextDecoder(limits);
      case BINARY -> new BinaryDecoder(limits, access);
    };
  }

  /** A decoder that becomes the one of the protocol which the first byte shows. */
  private static final class Chooser implements Decoder {
    private final Limits limits;
    private final Access access;
    private Decoder chosen;

    Chooser(Limits limits, Access access) {
      this.limits = limits;
      this.access = access;
    }

    @Override
    public int decode(byte[] in, int from, int to, List<Request> out, int limit) {
      if (chosen == null) {
        if (from == to) {
          return from;
        }
        chosen = (in[from] == BinaryDecoder.MAGIC ? BINARY : TEXT).newDecoder(limits, access);
      }
      return chosen.decode(in, from, to, out, limit);
    }

    @Override
    public int takeValue(Source in, int available) {
      return chosen == null ? 0 : chosen.takeValue(in, available);
    }

    @Override
    public boolean isMidway() {
      return chosen != null && chosen.isMidway();
    }

    @Override
    public boolean awaitsValue() {
      return chosen != null && chosen.awaitsValue();
    }

    @Override
    public int held() {
      return chosen == null ? 0 : chosen.held();
    }

    @Override
    public Request giveUpValue() {
      return chosen.giveUpValue();
    }
  }
}
