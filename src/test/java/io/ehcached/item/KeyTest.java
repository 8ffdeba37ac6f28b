package io.ehcached.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTest {
  @Test
  void equalBytes_makeEqualKeys_whereverTheyAreRead() {
    Random random = new Random(1);
    for (int length = 0; length <= Key.MAX_LENGTH; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      byte[] line = new byte[length + 11];
      System.arraycopy(bytes, 0, line, 5, length);

      Key whole = Key.of(bytes, 0, length);
      Key part = Key.of(line, 5, length);

      assertThat(part).isEqualTo(whole).hasSameHashCodeAs(whole).isEqualByComparingTo(whole);
    }
  }

  @Test
  void otherBytes_makeOtherKeys() {
    for (int length = 1; length <= 40; length++) {
      Key key = Key.of(new byte[length], 0, length);
      assertThat(key).isNotEqualTo(Key.of(new byte[length + 1], 0, length + 1));
      for (int i = 0; i < length; i++) {
        byte[] changed = new byte[length];
        changed[i] = 1;
        assertThat(Key.of(changed, 0, length)).isNotEqualTo(key);
      }
    }
  }

  @Test
  void hashes_ofSimilarKeys_areSpread() {
    Set<Integer> hashes = new HashSet<>();
    Set<Integer> lowBits = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      int hash = Key.of("user:session:" + i).hashCode();
      hashes.add(hash);
      lowBits.add(hash & 0xFFFF);
    }
    assertThat(hashes).hasSizeGreaterThan(99_900); // about one collision is due to chance
    assertThat(lowBits).hasSizeGreaterThan(45_000); // of 65,536, 51,300 are due to chance
  }

  @Test
  void order_isThatOfTheUnsignedBytes() {
    assertThat(Key.of("a")).isLessThan(Key.of("b")).isLessThan(Key.of("aa"));
    assertThat(Key.of("a")).isLessThan(Key.of("é"));
  }

  @Test
  void laterChangesOfTheSource_doNotReachTheKey() {
    byte[] source = {'a', 'b'};
    Key key = Key.of(source, 0, 2);
    source[0] = 'x';

    assertThat(key).hasToString("ab");
  }

  @Test
  void serialisation_hashesAnew() throws Exception {
    Key key = Key.of("some key");

    assertThat(deserialise(serialise(key))).isEqualTo(key).hasSameHashCodeAs(key);
  }

  @Test
  void serialisation_ofTooLongAKey_isRefused() throws Exception {
    byte[] bytes = new byte[Key.MAX_LENGTH + 1];
    Arrays.fill(bytes, (byte) 'a');
    byte[] stream = serialise(Key.of(bytes, 0, bytes.length));

    assertThatExceptionOfType(InvalidObjectException.class)
        .isThrownBy(() -> deserialise(stream))
        .withMessageContaining("250");
  }

  private static byte[] serialise(Key key) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(key);
    }
    return bytes.toByteArray();
  }

  private static Object deserialise(byte[] stream) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stream))) {
      return in.readObject();
    }
  }
}
