package io.ehcached.protocol.text;

import io.ehcached.item.Key;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.PrintedKey;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Stream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The encoder of answers that come in parts: listed keys ({@code stats cachedump}, {@code
 * lru_crawler metadump} and {@code mgdump}), statistics, prefixes, and the log of watchers. Line
 * ends and the last line are memcached's. Not safe for use by more than one thread.
 */
final class StreamEncoder {
  private final StringBuilder text = new StringBuilder();

  void encode(Request request, Stream.Part part, ByteBuf out) {
    String form = request.arguments().isEmpty() ? "" : request.arguments().get(0);
    for (Stream.Line line : part.lines()) {
      if (line instanceof Stream.ItemLine item) {
        switch (form) {
          case "metadump" -> metadump(item);
          case "mgdump" -> mgdump(item.key());
          default -> cachedump(item);
        }
      } else if (line instanceof Stream.StatLine stat) {
        text.append("STAT ").append(stat.stat().name()).append(' ').append(stat.stat().value());
        text.append("\r\n");
      } else if (line instanceof Stream.TextLine plain) {
        text.append(plain.text()).append("\r\n");
      } else if (line instanceof Stream.LogLine log) {
        text.append(log.text()).append('\n');
      }
    }
    if (part.isLast()) {
      text.append(form.equals("mgdump") ? "EN\r\n" : "END\r\n");
    }
    out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
    text.setLength(0);
  }

  private void metadump(Stream.ItemLine item) {
    text.append("key=");
    PrintedKey.appendEncoded(item.key(), text);
    text.append(" exp=").append(item.expires());
    text.append(" la=").append(item.lastUse());
    text.append(" cas=").append(Long.toUnsignedString(item.cas()));
    text.append(" fetch=").append(item.fetched() ? "yes" : "no");
    text.append(" cls=1 size=").append(item.size());
    text.append(" flags=").append(Integer.toUnsignedString(item.flags())).append(" \n");
  }

  /** Each line is the request that reads the item, so a key that no line can hold is in base64. */
  private void mgdump(Key key) {
    text.append("mg ");
    if (PrintedKey.isPlain(key)) {
      appendPlain(key);
    } else {
      text.append(Base64.getEncoder().encodeToString(key.bytes())).append(" b");
    }
    text.append("\r\n");
  }

  /** The key is one that the client can request, so it is printed unchanged if possible. */
  private void cachedump(Stream.ItemLine item) {
    text.append("ITEM ");
    if (PrintedKey.isPlain(item.key())) {
      appendPlain(item.key());
    } else {
      PrintedKey.appendEncoded(item.key(), text);
    }
    long expires = item.expires() == ItemState.FOREVER ? 0 : item.expires();
    text.append(" [").append(item.valueLength()).append(" b; ").append(expires).append(" s]\r\n");
  }

  private void appendPlain(Key key) {
    text.append(new String(key.bytes(), StandardCharsets.ISO_8859_1));
  }
}
