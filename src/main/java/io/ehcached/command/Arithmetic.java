package io.ehcached.command;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.item.Marks;
import io.ehcached.protocol.ItemState;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Change;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;

/** {@code incr} and {@code decr}: sums of unsigned 64-bit numbers that are stored as text. */
final class Arithmetic {
  private static final Change<CommandContext> INCREMENT =
      (old, execution) -> counted(old, execution, false);
  private static final Change<CommandContext> DECREMENT =
      (old, execution) -> counted(old, execution, true);

  private final Store store;
  private final Counters.Cell counts;

  Arithmetic(Store store, Counters.Cell counts) {
    this.store = store;
    this.counts = counts;
  }

  Response increment(CommandContext execution) {
    return execute(execution, INCREMENT, Counter.INCR_HITS, Counter.INCR_MISSES);
  }

  Response decrement(CommandContext execution) {
    return execute(execution, DECREMENT, Counter.DECR_HITS, Counter.DECR_MISSES);
  }

  private Response execute(
      CommandContext execution, Change<CommandContext> change, Counter hits, Counter misses) {
    StoredItem item = store.change(execution.request().key(), execution, change);
    return switch (execution.status()) {
      case OK -> {
        if (execution.keepsUse()) {
          store.use(item);
        }
        ItemState before = execution.before();
        counts.increment(execution.isNew() ? Counter.TOTAL_ITEMS : hits);
        yield before == null
            ? Response.of(item, execution.number())
            : Response.of(item, execution.number(), execution.stateAfter(item));
      }
      case NOT_FOUND -> {
        counts.increment(misses);
        yield Response.of(Status.NOT_FOUND);
      }
      default -> Response.of(execution.status());
    };
  }

  private static StoredItem counted(StoredItem old, CommandContext execution, boolean down) {
    if (old == null) {
      return begun(execution);
    }
    if (execution.isForAnotherThan(old)) {
      return execution.refuse(old, Status.EXISTS);
    }
    if (!CounterValue.isNumber(old.value())) {
      return execution.refuse(old, Status.NOT_NUMERIC);
    }
    long number = CounterValue.parse(old.value());
    long delta = execution.request().delta();
    if (!down) {
      number += delta; // wraps at 2^64
    } else {
      number = Long.compareUnsigned(delta, number) > 0 ? 0 : number - delta;
    }
    execution.number(number);
    return counted(old, execution, CounterValue.format(number, old.value().length));
  }

  private static StoredItem begun(CommandContext execution) {
    Request request = execution.request();
    if (!request.has(Option.VIVIFY)) {
      return execution.refuse(null, Status.NOT_FOUND);
    }
    execution.number(request.initial());
    execution.begin();
    return execution.vivified(CounterValue.format(request.initial(), 0), 0, 0);
  }

  /** As in memcached, the number that fits in its place is the same item, stale or not. */
  private static StoredItem counted(StoredItem old, CommandContext execution, byte[] value) {
    Request request = execution.request();
    if (request.has(Option.WANT_TTL)) {
      execution.found(execution.stateOf(old));
    }
    boolean fits = value.length == old.value().length;
    if (fits && old.isUsed()) {
      execution.keepUse();
    }
    int marks = fits ? old.marks() & (Marks.STALE | Marks.WON) : 0;
    long expiry = request.has(Option.TOUCH) ? execution.expiry() : old.expiry();
    return execution.newItem(old, value, old.flags(), expiry, marks);
  }
}
