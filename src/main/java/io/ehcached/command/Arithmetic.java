package io.ehcached.command;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.item.Marks;
import io.ehcached.protocol.Decimal;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Change;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.util.Arrays;

/** {@code incr} and {@code decr}: sums of unsigned 64-bit numbers that are stored as text. */
final class Arithmetic {
  private static final Change<CommandContext> INCREMENT =
      (old, context) -> counted(old, context, false);
  private static final Change<CommandContext> DECREMENT =
      (old, context) -> counted(old, context, true);

  private final Store store;
  private final Counters.Cell counts;

  Arithmetic(Store store, Counters.Cell counts) {
    this.store = store;
    this.counts = counts;
  }

  Response increment(CommandContext context) {
    return execute(context, INCREMENT, Counter.INCR_HITS, Counter.INCR_MISSES);
  }

  Response decrement(CommandContext context) {
    return execute(context, DECREMENT, Counter.DECR_HITS, Counter.DECR_MISSES);
  }

  private Response execute(
      CommandContext context, Change<CommandContext> change, Counter hits, Counter misses) {
    StoredItem item = store.change(context.request().key(), context, change);
    return switch (context.status()) {
      case OK -> {
        if (context.keepsUse()) {
          store.use(item);
        }
        ItemState before = context.before();
        counts.increment(context.isNew() ? Counter.TOTAL_ITEMS : hits);
        yield before == null
            ? Response.of(item, context.number())
            : Response.of(item, context.number(), context.stateAfter(item));
      }
      case NOT_FOUND -> {
        counts.increment(misses);
        yield Response.of(Status.NOT_FOUND);
      }
      default -> Response.of(context.status());
    };
  }

  private static StoredItem counted(StoredItem old, CommandContext context, boolean down) {
    if (old == null) {
      return begun(context);
    }
    if (context.isForAnotherThan(old)) {
      return context.refuse(old, Status.EXISTS);
    }
    if (!Decimal.isLenientUnsigned64(old.value())) {
      return context.refuse(old, Status.NOT_NUMERIC);
    }
    long number = Decimal.lenientUnsigned64(old.value());
    long delta = context.request().delta();
    if (!down) {
      number += delta; // wraps at 2^64
    } else {
      number = Long.compareUnsigned(delta, number) > 0 ? 0 : number - delta;
    }
    context.number(number);
    return counted(old, context, format(number, old.value().length));
  }

  private static StoredItem begun(CommandContext context) {
    Request request = context.request();
    if (!request.has(Option.VIVIFY)) {
      return context.refuse(null, Status.NOT_FOUND);
    }
    context.number(request.initial());
    context.begin();
    return context.vivified(format(request.initial(), 0), 0, 0);
  }

  /** Returns the digits of a number, and blanks behind them up to {@code minLength} bytes. */
  private static byte[] format(long number, int minLength) {
    byte[] text = new byte[Math.max(Decimal.digits(number), minLength)];
    Arrays.fill(text, Decimal.write(number, text, 0), text.length, (byte) ' ');
    return text;
  }

  /** As in memcached, the number that fits in its place is the same item, stale or not. */
  private static StoredItem counted(StoredItem old, CommandContext context, byte[] value) {
    Request request = context.request();
    if (request.has(Option.WANT_TTL)) {
      context.found(context.stateOf(old));
    }
    boolean fits = value.length == old.value().length;
    if (fits && old.isUsed()) {
      context.keepUse();
    }
    int marks = fits ? old.marks() & (Marks.STALE | Marks.WON) : 0;
    long expiry = request.has(Option.TOUCH) ? context.expiry() : old.expiry();
    return context.newItem(old, value, old.flags(), expiry, marks);
  }
}
