package io.ehcached.protocol;

import io.ehcached.item.Item;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How a request ended and what came of it. Immutable, but for a {@link #stream()}. */
public final class Response {
  private static final Map<Status, Response> PLAIN = new EnumMap<>(Status.class);

  static {
    for (Status status : Status.values()) {
      PLAIN.put(status, new Response(status, null, Rest.NONE));
    }
  }

  private final Status status;
  private final Item item;
  private final Rest rest;

  /** What few answers have, so that the others need not make room for it. */
  private record Rest(long number, String text, List<Stat> stats, ItemState state, Stream stream) {
    static final Rest NONE = new Rest(0, null, List.of(), null, null);
  }

  private Response(Status status, Item item, Rest rest) {
    this.status = status;
    this.item = item;
    this.rest = rest;
  }

  /** Returns the answer that is nothing but its status. */
  public static Response of(Status status) {
    return PLAIN.get(status);
  }

  /** Returns the answer with the item that was read or written. */
  public static Response of(Item item) {
    return new Response(Status.OK, item, Rest.NONE);
  }

  /** Returns the answer with the item that an increment or decrement left, and its number. */
  public static Response of(Item item, long number) {
    return new Response(Status.OK, item, new Rest(number, null, List.of(), null, null));
  }

  /** Returns the answer with the item that was read, or counted with, and what is known of it. */
  public static Response of(Item item, long number, ItemState state) {
    return new Response(Status.OK, item, new Rest(number, null, List.of(), state, null));
  }

  /** Returns the answer with a word to the client. */
  public static Response of(Status status, String text) {
    return new Response(status, null, new Rest(0, text, List.of(), null, null));
  }

  /** Returns the answer with statistics. */
  public static Response of(List<Stat> stats) {
    return new Response(Status.OK, null, new Rest(0, null, List.copyOf(stats), null, null));
  }

  /** Returns the answer that is made while the client takes it. Whoever has it must close it. */
  public static Response of(Stream stream) {
    return new Response(Status.OK, null, new Rest(0, null, List.of(), null, stream));
  }

  /** Returns how the request ended. */
  public Status status() {
    return status;
  }

  /** Returns the item that was read or written, or null. */
  public Item item() {
    return item;
  }

  /**
   * Returns what is known of the item, or null where nobody asked and there is nothing that the
   * client must be told.
   */
  public ItemState state() {
    return rest.state;
  }

  /** Returns what an increment or decrement came to, unsigned. */
  public long number() {
    return rest.number;
  }

  /**
   * Returns a word to the client, such as the version or what was wrong, or null. A {@link
   * Command#STATS} that is answered with one instead of statistics is answered with that alone.
   */
  public String text() {
    return rest.text;
  }

  /** Returns the statistics asked for. */
  public List<Stat> stats() {
    return rest.stats;
  }

  /** Returns what is yet to be told, part by part, or null when the answer is whole. */
  public Stream stream() {
    return rest.stream;
  }
}
