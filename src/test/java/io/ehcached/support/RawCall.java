package io.ehcached.support;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A call of RMI as somebody writes it who means harm: with whatever object for its argument. */
public final class RawCall {
  private RawCall() {}

  /**
   * Makes one, and waits until the other end has done with it.
   *
   * @param object the number of one of RMI's own objects
   * @param operation the operation's number
   * @param hash the hash of its interface
   */
  public static void send(Socket socket, long object, int operation, long hash, Object argument)
      throws IOException {
    byte[] unused = ask(socket, object, operation, hash, call -> call.writeObject(argument));
  }

  /** Writes the arguments of a call. */
  public interface Arguments {
    void write(ObjectOutputStream out) throws IOException;
  }

  /** Makes one with any number of arguments, and returns all that is answered. */
  public static byte[] ask(
      Socket socket, long object, int operation, long hash, Arguments arguments)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ObjectOutputStream call = begin(bytes, object, operation, hash);
    arguments.write(call);
    call.flush();
    socket.getOutputStream().write(bytes.toByteArray());
    socket.shutdownOutput();
    return socket.getInputStream().readAllBytes();
  }

  /** Writes what comes before the arguments. */
  public static ObjectOutputStream begin(OutputStream out, long object, int operation, long hash)
      throws IOException {
    DataOutputStream header = new DataOutputStream(out);
    header.writeInt(0x4a524d49); // JRMI
    header.writeShort(2);
    header.writeByte(0x4c); // a single call
    header.writeByte(0x50);
    ObjectOutputStream call =
        new ObjectOutputStream(out) {
          @Override
          protected void annotateClass(Class<?> type) throws IOException {
            writeObject(null); // from where the class could be loaded
          }
        };
    call.writeLong(object);
    call.writeInt(0);
    call.writeLong(0);
    call.writeShort(0);
    call.writeInt(operation);
    call.writeLong(hash);
    call.flush();
    return call;
  }
}
