package io.ehcached.replication.link;

import io.ehcached.replication.settings.PeerSettingsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Proxy;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What may be deserialised (JEP 290). A called region takes bytes and nothing else; the process
 * takes what the RMI runtime itself sends: stubs, leases, and its own exceptions. There is no class
 * among these that does anything when it is read.
 */
public final class SerialFilters {
  private static final long MAX_DEPTH = 20;
  private static final long MAX_REFERENCES = 10_000;
  private static final long MAX_ARRAY = 1_000; // of anything but bytes: frames of a stack trace

  private static final Set<String> PROCESS_ALLOWED =
      Set.of(
          "[B",
          "java.rmi.Remote",
          "java.rmi.server.ObjID",
          "java.rmi.server.RemoteObject",
          "java.rmi.server.RemoteObjectInvocationHandler",
          "java.rmi.server.RemoteStub",
          "java.rmi.server.UID",
          "java.rmi.dgc.Lease",
          "java.rmi.dgc.VMID",
          "java.lang.reflect.Proxy",
          RemoteRegion.class.getName(),
          StubSockets.class.getName(),
          LinkSockets.class.getName(), // not serialisable, but what comes of the one before
          // What a region that overflows to disk reads from there: bytes, numbers and no more.
          "io.ehcached.item.Key",
          "io.ehcached.store.StoredItem",
          "io.ehcached.store.MarkedItem",
          "net.sf.ehcache.Element",
          // What exceptions are made of.
          "java.lang.Enum",
          "java.lang.Number",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.StackTraceElement",
          "[Ljava.lang.StackTraceElement;",
          "java.lang.Throwable",
          "java.lang.Exception",
          "java.lang.RuntimeException",
          "java.lang.Error",
          "java.lang.ClassNotFoundException",
          "java.lang.IllegalArgumentException",
          "java.lang.ReflectiveOperationException",
          "java.lang.SecurityException",
          "java.lang.VirtualMachineError",
          "java.lang.OutOfMemoryError",
          "java.io.IOException",
          "java.io.EOFException",
          "java.io.InvalidClassException",
          "java.io.ObjectStreamException",
          "java.util.Collections$EmptyList",
          "[Ljava.rmi.server.ObjID;");

  /** What JMX tools send: names, and what is to be set; as harmless as the others. */
  private static final Set<String> MANAGEMENT_ALLOWED =
      Set.of(
          "javax.management.ObjectName",
          "javax.management.Attribute",
          "java.rmi.MarshalledObject",
          "java.lang.Boolean",
          "[Ljava.lang.Object;",
          "[Ljava.lang.String;",
          "[Ljavax.management.ObjectName;",
          "[Ljava.rmi.MarshalledObject;",
          "[Ljavax.security.auth.Subject;",
          "[Ljava.lang.Integer;");

  private static volatile int maxFrameBytes;
  private static volatile boolean managed;

  private SerialFilters() {}

  /** Returns the filter of an exported region: bytes, up to a number of them. */
  static ObjectInputFilter bytesOnly(int maxBytes) {
    return info -> {
      Class<?> type = info.serialClass();
      if (type == null) {
        return info.depth() <= 1 ? Status.UNDECIDED : Status.REJECTED;
      }
      return type == byte[].class && info.arrayLength() <= maxBytes
          ? Status.ALLOWED
          : Status.REJECTED;
    };
  }

  /**
   * Sets the process's filter, unless the command line has set one, and makes sure that it works: a
   * class that is not needed must be refused.
   *
   * @param largestItem the most bytes of an item, which a region may read from its disk
   * @throws PeerSettingsException when a filter of the command line's lets in more than needed
   */
  public static void installForProcess(int largestItem) {
    allowFrames(largestItem);
    if (ObjectInputFilter.Config.getSerialFilter() == null) {
      ObjectInputFilter.Config.setSerialFilter(SerialFilters::checkForProcess);
    }
    if (!refuses(new PriorityQueue<Integer>())) {
      throw new PeerSettingsException(
          "The filter given with -Djdk.serialFilter lets in java.util.PriorityQueue, and so what"
              + " strangers could send: take it off the command line, or end it with ;!*");
    }
  }

  /** Lets JMX tools in; whoever reaches the peers' ports may send the same from then on. */
  public static void allowManagement() {
    managed = true;
  }

  static boolean managed() {
    return managed;
  }

  /** Says how many bytes there may be in one array; the largest number that was said counts. */
  static synchronized void allowFrames(int bytes) {
    maxFrameBytes = Math.max(maxFrameBytes, bytes);
  }

  static int maxFrameBytes() {
    return maxFrameBytes;
  }

  private static boolean refuses(Object object) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(object);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        in.readObject();
        return false;
      }
    } catch (InvalidClassException e) {
      return true;
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  static Status checkForProcess(ObjectInputFilter.FilterInfo info) {
    if (info.depth() > MAX_DEPTH || info.references() > MAX_REFERENCES) {
      return Status.REJECTED;
    }
    Class<?> type = info.serialClass();
    if (type == null) {
      return Status.UNDECIDED;
    }
    long max = type == byte[].class ? maxFrameBytes + 1L : MAX_ARRAY;
    if (info.arrayLength() > max) {
      return Status.REJECTED;
    }
    return PROCESS_ALLOWED.contains(type.getName())
            || (managed && MANAGEMENT_ALLOWED.contains(type.getName()))
            || isRmiException(type)
            || isProxy(type)
        ? Status.ALLOWED
        : Status.REJECTED;
  }

  private static boolean isRmiException(Class<?> type) {
    String from = type.getPackageName();
    return (from.equals("java.rmi") || from.equals("java.net"))
        && Throwable.class.isAssignableFrom(type);
  }

  /** The interfaces of a proxy are checked one by one, so that its own class can do no harm. */
  private static boolean isProxy(Class<?> type) {
    return Proxy.isProxyClass(type);
  }
}
