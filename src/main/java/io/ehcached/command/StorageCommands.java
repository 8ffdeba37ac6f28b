package io.ehcached.command;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.item.Marks;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Change;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.util.Arrays;

/** The commands that store and remove items. */
final class StorageCommands {
  static final Change<CommandContext> ADD = StorageCommands::added;
  static final Change<CommandContext> REPLACE = StorageCommands::replaced;
  static final Change<CommandContext> APPEND = (old, context) -> joined(old, context, true);
  static final Change<CommandContext> PREPEND = (old, context) -> joined(old, context, false);
  private static final Change<CommandContext> SET = (old, context) -> context.newItem(old);
  private static final Change<CommandContext> CAS = StorageCommands::compared;
  private static final Change<CommandContext> DELETE = StorageCommands::deleted;
  private static final Change<CommandContext> REMOVE = StorageCommands::removed;

  private static final byte[] NOTHING = {};

  private final Store store;
  private final Counters.Cell counts;

  StorageCommands(Store store, Counters.Cell counts) {
    this.store = store;
    this.counts = counts;
  }

  Response set(CommandContext context) {
    Request request = context.request();
    if (request.error() != null) {
      return refuseSet(context);
    }
    if (!request.comparesCas()) {
      return store(context, SET);
    }
    Response response = store(context, CAS);
    counts.increment(
        switch (response.status()) {
          case NOT_FOUND -> Counter.CAS_MISSES;
          case EXISTS -> Counter.CAS_BADVAL;
          default -> Counter.CAS_HITS;
        });
    return response;
  }

  Response store(CommandContext context, Change<CommandContext> change) {
    counts.increment(Counter.CMD_SET);
    StoredItem item = store.change(context.request().key(), context, change);
    if (context.status() != Status.OK) {
      return Response.of(context.status());
    }
    counts.increment(Counter.TOTAL_ITEMS);
    return context.request().wantsCas() ? Response.of(item) : Response.of(Status.OK);
  }

  Response delete(CommandContext context) {
    StoredItem left = store.change(context.request().key(), context, DELETE);
    if (context.keepsUse()) {
      store.use(left);
    }
    Status status = context.status();
    Request request = context.request();
    boolean deletes = !request.has(Option.INVALIDATE);
    boolean removes = deletes && !request.has(Option.REMOVE_VALUE);
    if (status == Status.NOT_FOUND && removes && !request.comparesCas()) {
      store.removeAbsent(request.key()); // another node may hold it
    }
    if (status == Status.NOT_FOUND || (status == Status.OK && deletes)) {
      counts.increment(status == Status.OK ? Counter.DELETE_HITS : Counter.DELETE_MISSES);
    }
    return Response.of(status);
  }

  /** Answers what could not be read, and counts it where memcached does. */
  Response invalid(Request request) {
    Status error = request.error();
    if (error == Status.TOO_LARGE) {
      counts.increment(Counter.STORE_TOO_LARGE);
    }
    String text = request.errorText();
    return text == null ? Response.of(error) : Response.of(error, text);
  }

  /** Answers what there is no room for; after a set the old value is gone all the same. */
  Response outOfMemory(CommandContext context) {
    Request request = context.request();
    if (request.command() == Command.SET && !request.comparesCas()) {
      store.change(request.key(), context, REMOVE);
    }
    counts.increment(Counter.STORE_NO_MEMORY);
    return Response.of(Status.OUT_OF_MEMORY);
  }

  /**
   * Answers a set whose value was refused. If the value was too large, the old one is removed,
   * since the client has tried to replace it.
   */
  private Response refuseSet(CommandContext context) {
    Request request = context.request();
    if (request.error() == Status.TOO_LARGE && !request.comparesCas()) {
      store.change(request.key(), context, REMOVE);
      if (context.status() == Status.NOT_FOUND) {
        store.removeAbsent(request.key()); // another node may hold it
      }
    }
    return invalid(request);
  }

  private static StoredItem added(StoredItem old, CommandContext context) {
    return old == null ? context.newItem(null) : context.refuse(old, Status.NOT_STORED);
  }

  private static StoredItem replaced(StoredItem old, CommandContext context) {
    return old == null ? context.refuse(null, Status.NOT_STORED) : overSame(old, context);
  }

  private static StoredItem compared(StoredItem old, CommandContext context) {
    if (old == null) {
      return context.refuse(null, Status.NOT_FOUND);
    }
    Request request = context.request();
    if (request.has(Option.INVALIDATE) && context.isForOlderThan(old)) {
      // From an old version, but better than nothing until the winner brings a new value.
      int marks = Marks.STALE | (old.marks() & Marks.WON);
      return context.newItem(old, request.value(), request.flags(), old.expiry(), marks);
    }
    return overSame(old, context);
  }

  private static StoredItem overSame(StoredItem old, CommandContext context) {
    return context.isForAnotherThan(old)
        ? context.refuse(old, Status.EXISTS)
        : context.newItem(old);
  }

  private static StoredItem deleted(StoredItem old, CommandContext context) {
    if (old == null) {
      return context.refuse(null, Status.NOT_FOUND);
    }
    if (context.isForAnotherThan(old)) {
      return context.refuse(old, Status.EXISTS);
    }
    Request request = context.request();
    if (request.has(Option.REMOVE_VALUE)) {
      return emptied(old, context);
    }
    return request.has(Option.INVALIDATE) ? staled(old, context) : null;
  }

  private static StoredItem removed(StoredItem old, CommandContext context) {
    return old == null ? context.refuse(null, Status.NOT_FOUND) : null;
  }

  /** Without a new cas unique or mark it keeps the one it has, as in memcached. */
  private static StoredItem emptied(StoredItem old, CommandContext context) {
    Request request = context.request();
    boolean stale = request.has(Option.INVALIDATE);
    if (stale || request.has(Option.CHOOSE_CAS)) {
      int marks = stale ? Marks.STALE : 0;
      return context.newItem(old, NOTHING, 0, context.expiry(), marks);
    }
    return StoredItem.of(old.key(), NOTHING, 0, context.expiry(), Marks.OWN_CAS, old.cas());
  }

  private static StoredItem staled(StoredItem old, CommandContext context) {
    Request request = context.request();
    if (old.isUsed()) {
      context.keepUse();
    }
    if (request.has(Option.TOUCH)) {
      return context.newItem(old, old.value(), old.flags(), context.expiry(), Marks.STALE);
    }
    return request.has(Option.CHOOSE_CAS)
        ? old.marked(Marks.STALE | Marks.OWN_CAS, request.chosenCas())
        : old.marked(Marks.STALE, 0);
  }

  /** Flags and expiry stay the old item's; {@code protocol.txt}, "Storage commands". */
  private static StoredItem joined(StoredItem old, CommandContext context, boolean behind) {
    if (old == null) {
      Request request = context.request();
      return request.has(Option.VIVIFY)
          ? context.vivified(request.value(), request.flags(), 0)
          : context.refuse(null, Status.NOT_STORED);
    }
    if (context.isForAnotherThan(old)) {
      return context.refuse(old, Status.EXISTS);
    }
    byte[] head = behind ? old.value() : context.request().value();
    byte[] tail = behind ? context.request().value() : old.value();
    if (context.isTooLarge(old, (long) head.length + tail.length)) {
      return context.refuse(old, Status.NOT_STORED); // and not TOO_LARGE: so does memcached
    }
    byte[] value = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, value, head.length, tail.length);
    return context.withValue(old, value);
  }
}
