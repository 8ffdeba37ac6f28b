package io.ehcached.server.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The little of ASN.1's DER (X.690) that it takes to turn older formats of keys into PKCS#8. */
final class Der {
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;

  private static final int LONG_FORM = 0x80;

  private Der() {}

  /** Returns an element: its tag, the length, and the parts one after the other. */
  static byte[] element(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < LONG_FORM) {
      out.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
      out.write(LONG_FORM | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (i * Byte.SIZE));
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /**
   * Returns what the first element with a tag within a sequence contains, or null.
   *
   * @throws IllegalArgumentException when the bytes are no sequence of elements
   */
  static byte[] find(byte[] sequence, int tag) {
    byte[] elements = contents(sequence, 0);
    int at = 0;
    while (at < elements.length) {
      byte[] contents = contents(elements, at);
      if ((elements[at] & 0xFF) == tag) {
        return contents;
      }
      at += headerLength(elements, at) + contents.length;
    }
    return null;
  }

  private static byte[] contents(byte[] in, int at) {
    int start = at + headerLength(in, at);
    long length = at(in, at + 1);
    if (length >= LONG_FORM) {
      length = 0;
      for (int i = at + 2; i < start; i++) {
        length = length << Byte.SIZE | at(in, i);
      }
    }
    if (length > in.length - start) {
      throw new IllegalArgumentException("cut off");
    }
    return Arrays.copyOfRange(in, start, start + (int) length);
  }

  private static int headerLength(byte[] in, int at) {
    int first = at(in, at + 1);
    int more = first < LONG_FORM ? 0 : first - LONG_FORM;
    if (more > Integer.BYTES) {
      throw new IllegalArgumentException("too long");
    }
    return 2 + more;
  }

  private static int at(byte[] in, int i) {
    if (i >= in.length) {
      throw new IllegalArgumentException("cut off");
    }
    return in[i] & 0xFF;
  }
}
