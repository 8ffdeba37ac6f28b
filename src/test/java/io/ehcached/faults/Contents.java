package io.ehcached.faults;

import io.ehcached.support.TextClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a node holds under some keys, as a client reads it. */
record Contents(TreeMap<String, Held> items) {
  private static final int KEYS_AT_ONCE = 100;
  private static final int SHOWN = 10;

  /** One item. */
  record Held(String value, long flags, String cas) {
    @Override
    public String toString() {
      String shown = value.length() > 40 ? value.substring(0, 40) + "..." : value;
      return shown + " (flags " + flags + ", cas " + cas + ")";
    }
  }

  static Contents read(TextClient client, Collection<String> keys) {
    List<String> all = new ArrayList<>(keys);
    TreeMap<String, Held> items = new TreeMap<>();
    for (int i = 0; i < all.size(); i += KEYS_AT_ONCE) {
      List<String> some = all.subList(i, Math.min(all.size(), i + KEYS_AT_ONCE));
      client.send("gets " + String.join(" ", some) + "\r\n");
      for (String line = client.line(); !line.equals("END"); line = client.line()) {
        String[] words = line.split(" ", -1);
        if (!words[0].equals("VALUE")) {
          throw new AssertionError("not an answer to gets: " + line);
        }
        int length = Integer.parseInt(words[3]);
        String value = new String(client.bytes(length + 2), StandardCharsets.ISO_8859_1);
        items.put(
            words[1], new Held(value.substring(0, length), Long.parseLong(words[2]), words[4]));
      }
    }
    return new Contents(items);
  }

  Held get(String key) {
    return items.get(key);
  }

  /** Returns a digest of all keys, values, flags and cas uniques. */
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      items.forEach(
          (key, held) ->
              sha.update(
                  "%s %d %s %d %s\n"
                      .formatted(key, held.flags, held.cas, held.value.length(), held.value)
                      .getBytes(StandardCharsets.ISO_8859_1)));
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Says in what another node's contents differ. */
  String difference(Contents other) {
    TreeSet<String> keys = new TreeSet<>(items.keySet());
    keys.addAll(other.items.keySet());
    keys.removeIf(key -> items.containsKey(key) && items.get(key).equals(other.get(key)));
    StringBuilder text = new StringBuilder(keys.size() + " keys differ");
    for (String key : keys.stream().limit(SHOWN).toList()) {
      text.append("\n  ").append(key).append(": ").append(get(key));
      text.append(" and ").append(other.get(key));
    }
    return text.toString();
  }
}
