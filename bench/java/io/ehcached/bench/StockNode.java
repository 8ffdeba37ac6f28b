package io.ehcached.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;

/**
 * A node of stock Ehcache, as an application has one in its own JVM. It does what it reads on its
 * standard input, a line each, and answers with a line.
 */
final class StockNode {
  private static final long LOOK_NANOS = 100_000;

  private final Cache region;

  private StockNode(Cache region) {
    this.region = region;
  }

  /** Starts it with the {@code ehcache.xml} that is named. */
  public static void main(String[] args) throws IOException {
    StockNode node = new StockNode(CacheManager.newInstance(args[0]).getCache("memcached"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
    System.out.println("ready");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      int[] numbers = Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
      System.out.println(node.answer(words[0], numbers));
    }
    System.exit(0);
  }

  private Object answer(String command, int[] numbers) {
    switch (command) {
      case "write" -> write(numbers[0], numbers[1]);
      case "trickle" -> Probing.write(numbers[0], numbers[1], numbers[2], this::put);
      case "watch" -> {
        return Probing.watch(numbers[0], numbers[1], this::get, LOOK_NANOS);
      }
      case "await" -> {
        return Probing.await(() -> get(Items.key(numbers[0])) != null, numbers[1]);
      }
      case "count" -> {
        return count(numbers[0]);
      }
      default -> throw new IllegalArgumentException(command);
    }
    return "done";
  }

  private void write(int from, int count) {
    for (int i = from; i < from + count; i++) {
      put(Items.key(i), Items.value(i));
    }
  }

  private void put(String key, byte[] value) {
    region.put(new Element(key, value));
  }

  private byte[] get(String key) {
    Element element = region.getQuiet(key);
    return element == null ? null : (byte[]) element.getObjectValue();
  }

  private int count(int count) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      byte[] value = get(Items.key(i));
      found += value != null && Items.number(value) == i ? 1 : 0;
    }
    return found;
  }
}
