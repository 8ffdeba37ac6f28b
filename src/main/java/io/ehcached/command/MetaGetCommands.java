package io.ehcached.command;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.item.Expiry;
import io.ehcached.item.Marks;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Change;
import io.ehcached.store.RegionFullException;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;

/**
 * The commands meta get ({@code mg}), which can tell one client to recache an item, and meta debug.
 */
final class MetaGetCommands {
  private static final Change<CommandContext> FETCH = MetaGetCommands::fetched;
  private static final byte[] NOTHING = {};

  private final Store store;
  private final Counters.Cell counts;

  MetaGetCommands(Store store, Counters.Cell counts) {
    this.store = store;
    this.counts = counts;
  }

  Response fetch(CommandContext context) {
    Request request = context.request();
    StoredItem item = mayChange(request) ? null : read(context);
    boolean hit = item != null;
    if (mayChange(request) || (hit && isToBeWon(item))) {
      item = change(context);
      hit = item != null;
    }
    if (!hit) {
      counts.increment(Counter.CMD_GET);
      counts.increment(Counter.GET_MISSES);
      return Response.of(Status.NOT_FOUND);
    }
    boolean touches = request.has(Option.TOUCH);
    counts.increment(touches ? Counter.CMD_TOUCH : Counter.CMD_GET);
    counts.increment(touches ? Counter.TOUCH_HITS : Counter.GET_HITS);
    if (context.before() != null) {
      return Response.of(item, 0, context.stateAfter(item));
    }
    return item.marks() != 0 || request.has(Option.WANT_TTL)
        ? Response.of(item, 0, context.stateOf(item))
        : Response.of(item);
  }

  private static boolean mayChange(Request request) {
    return request.has(Option.TOUCH) || request.has(Option.VIVIFY) || request.recache() != 0;
  }

  private static boolean isToBeWon(StoredItem item) {
    return (item.marks() & (Marks.STALE | Marks.WON)) == Marks.STALE;
  }

  /** Reads an item; most reads come no further. */
  private StoredItem read(CommandContext context) {
    Request request = context.request();
    boolean leaves = request.has(Option.LEAVE_USE);
    if (!leaves && !request.has(Option.WANT_USE)) {
      return store.get(request.key(), context.now());
    }
    StoredItem item = store.peek(request.key());
    if (item != null) {
      context.found(context.stateOf(item));
      if (!leaves) {
        store.use(item);
      }
    }
    return item;
  }

  private StoredItem change(CommandContext context) {
    Request request = context.request();
    ItemState known = context.before(); // what was read counts as a use by now
    StoredItem item = write(context);
    if (item != null) {
      if (known != null) {
        context.found(known);
      }
      if (!request.has(Option.LEAVE_USE) || context.before().fetched()) {
        store.use(item);
      }
    }
    return item;
  }

  /**
   * Writes what the read asks for. Where there is no room for it, a read is still answered with
   * what it finds: better that two clients win than that none reads.
   */
  private StoredItem write(CommandContext context) {
    Request request = context.request();
    try {
      return store.change(request.key(), context, FETCH);
    } catch (RegionFullException e) {
      if (request.has(Option.TOUCH)) {
        throw e;
      }
      return context.isNew() ? null : store.peek(request.key());
    }
  }

  private static StoredItem fetched(StoredItem old, CommandContext context) {
    Request request = context.request();
    if (old == null) {
      return request.has(Option.VIVIFY)
          ? vivified(context)
          : context.refuse(null, Status.NOT_FOUND);
    }
    context.found(context.stateOf(old));
    boolean touches = request.has(Option.TOUCH);
    boolean wins =
        (old.marks() & Marks.WON) == 0 && ((old.marks() & Marks.STALE) != 0 || isDue(old, context));
    if (wins) {
      context.win();
    }
    if (touches) {
      return GetCommands.touched(old, context, wins ? Marks.WON : 0);
    }
    return wins ? old.marked(old.marks() | Marks.WON | Marks.OWN_CAS, old.cas()) : old;
  }

  private static StoredItem vivified(CommandContext context) {
    context.win();
    context.begin();
    return context.vivified(NOTHING, 0, Marks.WON);
  }

  /** Tells whether the item expires so soon that a client is to be told. */
  private static boolean isDue(StoredItem old, CommandContext context) {
    Request request = context.request();
    if (request.recache() == 0) {
      return false;
    }
    long expiry = context.endOf(old);
    if (request.has(Option.TOUCH) && !request.has(Option.RECACHE_BEFORE_TOUCH)) {
      expiry = context.expiry() == Expiry.REGION ? Long.MAX_VALUE : context.expiry();
    }
    long soon = Expiry.of(request.recache(), context.now());
    return expiry != Long.MAX_VALUE && context.secondsTo(expiry) < context.secondsTo(soon);
  }

  /** Returns what is known about an item, without counting as a use of it. */
  Response debug(CommandContext context) {
    counts.increment(Counter.CMD_META);
    StoredItem item = store.peek(context.request().key());
    return item == null
        ? Response.of(Status.NOT_FOUND)
        : Response.of(item, 0, context.stateOf(item));
  }
}
