package io.ehcached.protocol;

import io.ehcached.item.Item;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The response to a request, independent of the protocol. It is immutable unless it has a {@link
 * #stream()}.
 */
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

  /** Returns the response with only a status. */
  public static Response of(Status status) {
    return PLAIN.get(status);
  }

  /** Returns the response with the item that was read or written. */
  public static Response of(Item item) {
    return new Response(Status.OK, item, Rest.NONE);
  }

  /** Returns the response with the item that an increment or decrement stored, and its number. */
  public static Response of(Item item, long number) {
    return new Response(Status.OK, item, new Rest(number, null, List.of(), null, null));
  }

  /** Returns the response with an item, its number if it was counted with, and its state. */
  public static Response of(Item item, long number, ItemState state) {
    return new Response(Status.OK, item, new Rest(number, null, List.of(), state, null));
  }

  /** Returns the response with a text for the client. */
  public static Response of(Status status, String text) {
    return new Response(status, null, new Rest(0, text, List.of(), null, null));
  }

  /** Returns the response with statistics. */
  public static Response of(List<Stat> stats) {
    return new Response(Status.OK, null, new Rest(0, null, List.copyOf(stats), null, null));
  }

  /**
   * Returns the response that is produced in parts, as the client reads it. The caller must close
   * it.
   */
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

  /** Returns the item's state, or null when neither the client asked nor the answer needs it. */
  public ItemState state() {
    return rest.state;
  }

  /** Returns the result of an increment or decrement, unsigned. */
  public long number() {
    return rest.number;
  }

  /**
   * Returns the text for the client, such as the version or an error, or null. A {@link
   * Command#STATS} with a text is answered with that alone.
   */
  public String text() {
    return rest.text;
  }

  /** Returns the statistics. */
  public List<Stat> stats() {
    return rest.stats;
  }

  /** Returns the stream of the answer's parts, or null when the answer is whole. */
  public Stream stream() {
    return rest.stream;
  }
}
