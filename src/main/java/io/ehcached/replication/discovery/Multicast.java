package io.ehcached.replication.discovery;

import io.ehcached.address.AddressText;
import io.ehcached.replication.link.LinkThreads;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends datagrams to a multicast group through one interface, and hears those of others. */
final class Multicast implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Multicast.class);
  private static final int ONE_MORE = 1; // than may be, so that a longer one is seen to be longer

  private final MulticastSettings settings;
  private final NetworkInterface nic;
  private final InetAddress from;
  private final Hearer hearer;
  private final DatagramChannel in;
  private final DatagramChannel out;
  private final Thread thread;

  /** Is told of each datagram; it is the hearer's until it returns. */
  interface Hearer {
    void hear(InetAddress from, ByteBuffer datagram);
  }

  Multicast(MulticastSettings settings, InetAddress from, Hearer hearer) throws IOException {
    this.settings = settings;
    this.from = from;
    this.hearer = hearer;
    nic = interfaceOf(from);
    if (nic == null) {
      throw new IOException("no interface has the address " + AddressText.of(from));
    }
    in = openIn();
    try {
      out = openOut();
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
    thread = LinkThreads.named("peer-heartbeats").newThread(this::hear);
    thread.start();
  }

  /** All of 127.0.0.0/8 is on the loopback interface, which has but one of its addresses. */
  private static NetworkInterface interfaceOf(InetAddress address) throws IOException {
    NetworkInterface found = NetworkInterface.getByInetAddress(address);
    return found == null && address.isLoopbackAddress()
        ? NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
        : found;
  }

  private DatagramChannel openIn() throws IOException {
    DatagramChannel channel = DatagramChannel.open(family());
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      try {
        // Bound to the group, a socket hears nothing that was sent to another one, or to no group.
        channel.bind(new InetSocketAddress(settings.group(), settings.port()));
      } catch (IOException e) {
        LOG.debug("Not every system binds to a group", e);
        channel.bind(new InetSocketAddress(settings.port()));
      }
      channel.join(settings.group(), nic);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private DatagramChannel openOut() throws IOException {
    DatagramChannel channel = DatagramChannel.open(family());
    try {
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, nic);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, settings.timeToLive());
      channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
      if (from.getAddress().length == settings.group().getAddress().length) {
        channel.bind(new InetSocketAddress(from, 0));
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private ProtocolFamily family() {
    return settings.group().getAddress().length == 4
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  NetworkInterface nic() {
    return nic;
  }

  void send(byte[] datagram) throws IOException {
    out.send(ByteBuffer.wrap(datagram), new InetSocketAddress(settings.group(), settings.port()));
  }

  private void hear() {
    ByteBuffer buffer = ByteBuffer.allocate(HeartbeatCodec.MAX_LENGTH + ONE_MORE);
    while (in.isOpen()) {
      try {
        buffer.clear();
        SocketAddress sender = in.receive(buffer);
        buffer.flip();
        hearer.hear(((InetSocketAddress) sender).getAddress(), buffer);
      } catch (IOException e) {
        LOG.debug("Hearing of peers", e); // closed, mostly; silence is noticed elsewhere
      } catch (RuntimeException e) {
        LOG.error("A heartbeat could not be processed", e);
      }
    }
  }

  /** Hears nothing more; can still send. */
  void deafen() {
    try {
      in.close();
    } catch (IOException e) {
      LOG.debug("Leaving the multicast group", e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    in.close();
  }
}
