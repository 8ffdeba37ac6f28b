package io.ehcached.server;

import io.netty.channel.Channel;
import io.netty.channel.IoOps;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Keeps sockets in epoll that wait for nothing at the moment. Netty 4.2.18 takes such a socket out
 * of epoll and does not put it in again: when it is to wait for something later, that fails, and
 * Netty shuts its output. A socket is in that state whose client has sent its last byte, while its
 * answers are being made.
 */
final class KeptInEpoll implements FilteredIo.Filter {
  @Override
  public IoOps filter(Channel channel, IoOps wanted) {
    // Alone, this waits for nothing but errors, and tells of one only once.
    return EpollIoOps.NONE.equals(wanted) ? EpollIoOps.EPOLLET : wanted;
  }
}
