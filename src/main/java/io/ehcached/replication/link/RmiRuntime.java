package io.ehcached.replication.link;

/**
 * The settings of the RMI runtime that hold for the process, and are read when it is first used.
 */
public final class RmiRuntime {
  private static final String HOURS = "86400000"; // a day, in milliseconds

  private static final String LEASES = "maxdepth=5;maxbytes=4096;maxarray=64";

  private RmiRuntime() {}

  /** Sets what was not set on the command line. To be called before anything uses RMI. */
  public static void prepare(String hostName) {
    // The registry takes names; only this process puts regions into it, and that needs no reading.
    set("sun.rmi.registry.registryFilter", "maxdepth=2;maxrefs=8;maxbytes=4096;!*");
    // Nobody needs leases: the process holds its regions itself. Each lease that somebody asks for
    // takes memory for ten minutes. JMX tools, which have no port here, do need them.
    set("sun.rmi.transport.dgcFilter", SerialFilters.managed() ? LEASES : "!*");
    // Else the runtime looks up this machine's name, which can take long, and does not need it.
    set("java.rmi.server.hostname", hostName);
    // Else it runs a full garbage collection every hour.
    set("sun.rmi.dgc.client.gcInterval", HOURS);
    set("sun.rmi.dgc.server.gcInterval", HOURS);
    set("sun.rmi.transport.tcp.handshakeTimeout", "5000");
    set("sun.rmi.transport.tcp.responseTimeout", "60000");
    set("java.rmi.server.useCodebaseOnly", "true");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
