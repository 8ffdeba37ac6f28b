package io.ehcached.replication.link;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.rmi.Remote;

/** An object that does harm as soon as it is read, as the ones that attackers send do. */
public final class Gadget implements Serializable, Remote {
  private static final long serialVersionUID = 1;

  static volatile boolean wasRead;

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    wasRead = true;
    System.out.println("> GADGET");
  }
}
