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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one thread's requests: passes each to the class for its kind, and answers at once. */
final class RequestExecutor implements CommandExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(RequestExecutor.class);

  /** As many as fit well into the processor's nearest caches. */
  private static final int MAX_AHEAD = 256;

  /** Those that may take long, or whose answers may: a batch ends behind one. */
  private static final Set<Command> HEAVY =
      EnumSet.of(
          Command.STATS,
          Command.FLUSH_ALL,
          Command.CACHE_MEMLIMIT,
          Command.REFRESH_CERTS,
          Command.LRU_CRAWLER,
          Command.WATCH,
          Command.CONFIG,
          Command.SHUTDOWN);

  /** After how long a batch is broken off, in nanoseconds. */
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** After how many requests, a power of two, the clock is read again. */
  private static final int BETWEEN_LOOKS = 16;

  private final GetCommands reading;
  private final MetaGetCommands fetching;
  private final StorageCommands storing;
  private final Arithmetic arithmetic;
  private final ServerCommands administration;
  private final CrawlerCommands tools;
  private final RequestMonitoring observation;
  private final RequestObserver observer;
  private final LongSupplier millis;
  private final CommandContext execution;
  private final Lookahead lookahead;
  private int expected; // how many batches the look-ahead covers that are still to come

  RequestExecutor(
      GetCommands reading,
      MetaGetCommands fetching,
      StorageCommands storing,
      Arithmetic arithmetic,
      ServerCommands administration,
      CrawlerCommands tools,
      RequestMonitoring observation,
      RequestObserver observer,
      Store store,
      Limits limits,
      LongSupplier millis) {
    this.reading = reading;
    this.fetching = fetching;
    this.storing = storing;
    this.arithmetic = arithmetic;
    this.administration = administration;
    this.tools = tools;
    this.observation = observation;
    this.observer = observer;
    this.millis = millis;
    this.execution = new CommandContext(limits, store);
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
    boolean observed = observation.seesRequests();
    int size = requests.size();
    long start = size > BETWEEN_LOOKS ? System.nanoTime() : 0;
    for (int i = 0; i < size; ) {
      Request request = requests.get(i++);
      if (observed) {
        executeObserved(request, responder, now);
      } else {
        responder.respond(request, answer(request, now));
      }
      if (responder.isFull() || HEAVY.contains(request.command()) || isOver(i, size, start)) {
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
    execution.start(request, now);
    try {
      return execute(request);
    } catch (RegionFullException e) {
      return storing.outOfMemory(execution);
    } catch (RuntimeException e) { // the requests behind this one are to be answered all the same
      LOG.error("{} failed by a fault of the server's", request.command(), e);
      return Response.of(Status.SERVER_ERROR, "internal error, see the server's log");
    } finally {
      execution.end();
    }
  }

  private Response execute(Request request) {
    return switch (request.command()) {
      case GET -> mayWin(request) ? fetching.fetch(execution) : reading.get(execution);
      case GET_AND_TOUCH -> mayWin(request) ? fetching.fetch(execution) : reading.touch(execution);
      case DEBUG -> fetching.debug(execution);
      case TOUCH -> reading.touch(execution);

      case SET -> storing.set(execution);
      case ADD -> storing.store(execution, StorageCommands.ADD);
      case REPLACE -> storing.store(execution, StorageCommands.REPLACE);
      case APPEND -> storing.store(execution, StorageCommands.APPEND);
      case PREPEND -> storing.store(execution, StorageCommands.PREPEND);
      case DELETE -> storing.delete(execution);

      case INCREMENT -> arithmetic.increment(execution);
      case DECREMENT -> arithmetic.decrement(execution);

      case FLUSH_ALL -> administration.flushAll(request, execution.now());
      case VERSION -> administration.version();
      case VERBOSITY -> administration.verbosity(request.delta());
      case STATS -> administration.stats(request);
      case CACHE_MEMLIMIT -> administration.cacheMemlimit(request.delta());
      case REFRESH_CERTS -> administration.refreshCerts();
      case SHUTDOWN -> administration.shutdown(request.arguments());
      case LRU_CRAWLER -> tools.lruCrawler(request.arguments());
      case LRU -> TuningCommands.lru(request.arguments());
      case SLABS -> TuningCommands.slabs(request.arguments());
      case WATCH -> tools.watch(request.arguments());
      case CONFIG -> tools.config(request.arguments());

      case NOOP, QUIT -> Response.of(Status.OK);
      case AUTHENTICATE -> Response.of(Status.AUTH_FAILED); // whoever can tell sits before this
      case INVALID -> storing.invalid(request);
    };
  }

  private static boolean mayWin(Request request) {
    return request.has(Option.MAY_WIN);
  }
}
