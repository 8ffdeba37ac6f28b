package io.ehcached.command;

import io.ehcached.admin.RequestMonitoring;
import io.ehcached.item.Key;
import io.ehcached.protocol.Command;
import io.ehcached.protocol.Limits;
import io.ehcached.protocol.Option;
import io.ehcached.protocol.Request;
import io.ehcached.protocol.Responder;
import io.ehcached.protocol.Response;
import io.ehcached.protocol.Status;
import io.ehcached.store.Lookahead;
import io.ehcached.store.RegionFullException;
import io.ehcached.store.Store;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executor of one thread's requests: it passes each to the class for its kind, and answers at
 * once.
 */
final class RequestExecutor implements CommandExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(RequestExecutor.class);

  /** As many as fit well into the processor's nearest caches. */
  private static final int MAX_AHEAD = 256;

  /** After how long a batch is broken off, in nanoseconds. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** After how many requests, a power of two, the clock is read again. */
  private static final int BETWEEN_LOOKS = 16;

  private final GetCommands getCommands;
  private final MetaGetCommands metaGetCommands;
  private final StorageCommands storageCommands;
  private final Arithmetic arithmetic;
  private final ServerCommands serverCommands;
  private final CrawlerCommands crawlerCommands;
  private final RequestMonitoring monitoring;
  private final RequestObserver observer;
  private final LongSupplier millis;
  private final CommandContext context;
  private final Lookahead lookahead;
  private int expected; // how many batches the look-ahead covers that are still to come

  RequestExecutor(
      GetCommands getCommands,
      MetaGetCommands metaGetCommands,
      StorageCommands storageCommands,
      Arithmetic arithmetic,
      ServerCommands serverCommands,
      CrawlerCommands crawlerCommands,
      RequestMonitoring monitoring,
      RequestObserver observer,
      Store store,
      Limits limits,
      LongSupplier millis) {
    this.getCommands = getCommands;
    this.metaGetCommands = metaGetCommands;
    this.storageCommands = storageCommands;
    this.arithmetic = arithmetic;
    this.serverCommands = serverCommands;
    this.crawlerCommands = crawlerCommands;
    this.monitoring = monitoring;
    this.observer = observer;
    this.millis = millis;
    this.context = new CommandContext(limits, store);
    this.lookahead = store.lookahead(MAX_AHEAD);
  }

  @Override
  public void expect(List<Request> requests) {
    lookFor(requests);
    expected++;
  }

  @Override
  public void expectNothing() {
    expected = 0;
  }

  @Override
  public int executeBatch(List<Request> requests, Responder responder) {
    long now = millis.getAsLong();
    if (expected > 0) {
      expected--;
    } else if (requests.size() > 1) {
      lookFor(requests);
    }
    lookahead.fetch();
    boolean observed = monitoring.seesRequests();
    int size = requests.size();
    long start = size > BETWEEN_LOOKS ? System.nanoTime() : 0;
    for (int i = 0; i < size; ) {
      Request request = requests.get(i++);
      if (observed) {
        executeObserved(request, responder, now);
      } else {
        responder.respond(request, answer(request, now));
      }
      if (responder.isFull() || request.command().mayTakeLong() || isOver(i, size, start)) {
        return i;
      }
    }
    return size;
  }

  private static boolean isOver(int done, int size, long start) {
    return (done & (BETWEEN_LOOKS - 1)) == 0
        && done < size
        && System.nanoTime() - start > LONGEST_NANOS;
  }

  private void lookFor(List<Request> requests) {
    for (int i = 0; i < requests.size(); i++) {
      Key key = requests.get(i).key();
      if (key != null) {
        lookahead.add(key);
      }
    }
  }

  private void executeObserved(Request request, Responder responder, long now) {
    observer.before(request);
    Response response = answer(request, now);
    observer.after(request, response, responder.connection(), now);
    responder.respond(request, response);
  }

  private Response answer(Request request, long now) {
    context.start(request, now);
    try {
      // Most are plain gets; the JIT does not inline execute(), which is long.
      return isPlainGet(request) ? getCommands.get(context) : execute(request);
    } catch (RegionFullException e) {
      return storageCommands.outOfMemory(context);
    } catch (RuntimeException e) { // the requests behind this one are to be answered all the same
      LOG.error("{} failed because of an internal error", request.command(), e);
      return Response.of(Status.SERVER_ERROR, "internal error, see the server's log");
    } finally {
      context.end();
    }
  }

  private Response execute(Request request) {
    return switch (request.command()) {
      case GET -> mayWin(request) ? metaGetCommands.fetch(context) : getCommands.get(context);
      case GET_AND_TOUCH ->
          mayWin(request) ? metaGetCommands.fetch(context) : getCommands.touch(context);
      case DEBUG -> metaGetCommands.debug(context);
      case TOUCH -> getCommands.touch(context);

      case SET -> storageCommands.set(context);
      case ADD -> storageCommands.store(context, StorageCommands.ADD);
      case REPLACE -> storageCommands.store(context, StorageCommands.REPLACE);
      case APPEND -> storageCommands.store(context, StorageCommands.APPEND);
      case PREPEND -> storageCommands.store(context, StorageCommands.PREPEND);
      case DELETE -> storageCommands.delete(context);

      case INCREMENT -> arithmetic.increment(context);
      case DECREMENT -> arithmetic.decrement(context);

      case FLUSH_ALL -> serverCommands.flushAll(request, context.now());
      case VERSION -> serverCommands.version();
      case VERBOSITY -> serverCommands.verbosity(request.delta());
      case STATS -> serverCommands.stats(request);
      case CACHE_MEMLIMIT -> serverCommands.cacheMemlimit(request.delta());
      case REFRESH_CERTS -> serverCommands.refreshCerts();
      case SHUTDOWN -> serverCommands.shutdown(request.arguments());
      case LRU_CRAWLER -> crawlerCommands.lruCrawler(request.arguments());
      case LRU -> TuningCommands.lru(request.arguments());
      case SLABS -> TuningCommands.slabs(request.arguments());
      case WATCH -> crawlerCommands.watch(request.arguments());
      case CONFIG -> crawlerCommands.config(request.arguments());

      case NOOP, QUIT -> Response.of(Status.OK);
      case AUTHENTICATE -> Response.of(Status.AUTH_FAILED); // whoever can tell sits before this
      case INVALID -> storageCommands.invalid(request);
    };
  }

  private static boolean isPlainGet(Request request) {
    return request.command() == Command.GET && !mayWin(request);
  }

  private static boolean mayWin(Request request) {
    return request.has(Option.MAY_WIN);
  }
}
