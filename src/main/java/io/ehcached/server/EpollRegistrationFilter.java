package io.ehcached.server;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.channel.epoll.EpollIoOps;

/** Keeps a socket registered with epoll while it waits for no event. */
final class EpollRegistrationFilter implements FilteredIo.Filter {
  @Override
  public IoOps filter(Channel channel, IoOps wanted) {
    // Alone, this waits for nothing but errors, and tells of one only once.
    return EpollIoOps.NONE.equals(wanted) ? EpollIoOps.EPOLLET : wanted;
  }
}
