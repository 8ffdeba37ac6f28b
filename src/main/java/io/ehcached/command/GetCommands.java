package io.ehcached.command;

import io.ehcached.admin.Counter;
import io.ehcached.admin.Counters;
import io.ehcached.admin.Membership;
import io.ehcached.admin.NodeStatus;
import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Change;
import io.ehcached.store.Store;
import io.ehcached.store.StoredItem;
import java.nio.charset.StandardCharsets;

/** The commands that read items: {@code get}, {@code gat}, {@code touch}. */
final class GetCommands {
  private static final Change<CommandContext> TOUCH = GetCommands::touched;

  private static final Key LEGACY_KEY = Key.of(Membership.LEGACY_KEY);

  private final Store store;
  private final NodeStatus status;
  private final Counters.Cell counts;

  GetCommands(Store store, NodeStatus status, Counters.Cell counts) {
    this.store = store;
    this.status = status;
    this.counts = counts;
  }

  Response get(CommandContext context) {
    Key key = context.request().key();
    StoredItem item = store.get(key, context.now());
    counts.increment(Counter.CMD_GET);
    if (item == null) {
      counts.increment(Counter.GET_MISSES);
      return key.equals(LEGACY_KEY) ? membership() : Response.of(Status.NOT_FOUND);
    }
    counts.increment(Counter.GET_HITS);
    return Response.of(item);
  }

  /** Returns the cluster's nodes, for old clients that do not know {@code config get}. */
  private Response membership() {
    byte[] text = Membership.text(status.membership()).getBytes(StandardCharsets.UTF_8);
    return Response.of(StoredItem.of(LEGACY_KEY, text, 0, Expiry.REGION, 0, 0));
  }

  Response touch(CommandContext context) {
    StoredItem item = doTouch(context);
    return context.status() == Status.OK ? Response.of(item) : Response.of(context.status());
  }

  private StoredItem doTouch(CommandContext context) {
    StoredItem item = store.change(context.request().key(), context, TOUCH);
    if (context.status() == Status.OK) {
      store.use(item);
    }
    counts.increment(Counter.CMD_TOUCH);
    counts.increment(
        context.status() == Status.NOT_FOUND ? Counter.TOUCH_MISSES : Counter.TOUCH_HITS);
    return item;
  }

  /** A touch makes another version of the item, as every write does, so that peers take it over. */
  private static StoredItem touched(StoredItem old, CommandContext context) {
    if (old == null) {
      return context.refuse(null, Status.NOT_FOUND);
    }
    if (context.isForAnotherThan(old)) {
      return context.refuse(old, Status.EXISTS);
    }
    return touched(old, context, 0);
  }

  /** Returns {@code old} with the expiry asked for; its marks stay, and a cas unique of its own. */
  static StoredItem touched(StoredItem old, CommandContext context, int moreMarks) {
    return StoredItem.of(
        old.key(), old.value(), old.flags(), context.expiry(), old.marks() | moreMarks, old.cas());
  }
}
