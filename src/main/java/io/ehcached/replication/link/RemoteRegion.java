package io.ehcached.replication.link;

import java.rmi.Remote;
import java.rmi.RemoteException;

/** A region as other nodes see it over RMI: bytes in, bytes out, and nothing else. */
interface RemoteRegion extends Remote {
  /** Hands over a frame and returns the {@link CallResult} to it. */
  byte[] exchange(byte[] frame) throws RemoteException;
}
