package io.ehcached.replication.link;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ehcached.item.Expiry;
import io.ehcached.item.Key;
import io.ehcached.store.StoredItem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetSocketAddress;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.ServerException;
import java.rmi.UnmarshalException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the process may deserialise, and what not. */
class SerialFiltersTest {
  static {
    SerialFilters.allowFrames(1024); // as a node that has peers does
  }

  private static Object throughTheFilter(Object object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.setObjectInputFilter(SerialFilters::checkForProcess);
      return in.readObject();
    }
  }

  private static Stream<Arguments> each(Object... objects) {
    return Stream.of(objects)
        .map(object -> Arguments.of(new Object[] {object})); // an array is one, too
  }

  static Stream<Arguments> forbidden() {
    return each(
        new Gadget(),
        new Gadget[0],
        new ArrayList<>(List.of(1)),
        new HashMap<>(),
        new PriorityQueue<Integer>(),
        new InetSocketAddress(1),
        new byte[SerialFilters.maxFrameBytes() + 2],
        new StackTraceElement[10_000],
        new Object[] {new byte[0]});
  }

  @ParameterizedTest
  @MethodSource
  void forbidden(Object object) {
    assertThatThrownBy(() -> throughTheFilter(object)).isInstanceOf(InvalidClassException.class);
  }

  static Stream<Arguments> allowed() {
    return each(
        new byte[SerialFilters.maxFrameBytes() + 1],
        new StoredItem(Key.of("key"), new byte[] {1}, 2, Expiry.REGION),
        new NoSuchObjectException("gone"),
        new NotBoundException("a"),
        new ServerException("", new UnmarshalException("", new InvalidClassException("x"))));
  }

  @ParameterizedTest
  @MethodSource
  void allowed(Object object) {
    assertThatCode(() -> throughTheFilter(object)).doesNotThrowAnyException();
  }
}
